"""How one letter is written for matching: case, accents, alphabets and look-alikes.

Two spellings are kept of every letter: ``plain`` (folded case, accents kept) and ``bare`` (accents
and other variants of hand and keyboard gone). Compatibility forms follow Unicode NFKC; the look-alike
letters are the Latin part of Unicode's confusables (UTS 39) that a keyboard can produce.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LATIN_LOOKALIKES = str.maketrans(
    # Cyrillic, then Greek, then a few of the phonetic letters.
    "авекмнорстухіјѕԁһԛԝґєпиυαβεικνορτχγηωϲаʏɡɑɩ",
    "abekmhopctyxijsdhqwrenuuabeiknoptxynwcaygal",
)
CYRILLIC_LOOKALIKES = str.maketrans("aekmhopctyxbi", "аекмнорстухві")
LETTERS_FOR_DIGITS = str.maketrans("012345678@$!|€", "olzeasgtbasile")

_LETTER_VARIANTS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ё": "е",
        "ґ": "г",
        "ς": "σ",
        # Arabic and Persian: hamza carriers, final forms and the keyboard's two kafs and yehs.
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ۀ": "ه",
        "ک": "ك",
    }
)
_TRADITIONAL = (
    "國国會会獄狱釋释誕诞聖圣節节錢钱審审無无媽妈愛爱樂乐東东們们個个來来為为這这說说話话時时見见長长門门開开關关問问學学"
    "電电號号網网郵邮寄寄銀银買买貨货車车軍军戰战爭争黨党權权領领導导總总統统選选舉举罰罚殺杀傷伤藥药醫医師师處处縣县"
    "區区路路樓楼層层歲岁孫孙兒儿親亲從从後后難难離离實实報报錄录寫写書书讀读願愿應应該该謝谢請请讓让給给還还過过進进"
    "運运達达遠远連连邊边對对帶带當当發发務务動动勞劳勝胜衆众貴贵員员賣卖費费資资贈赠禮礼護护證证評评議议論论許许誰谁"
    "變变體体點点黃黄龍龙鳥鸟馬马魚鱼風风飛飞飯饭館馆頭头願愿類类顧顾顯显驗验驚惊髮发鬥斗鬧闹麗丽黒黑齊齐齒齿壓压單单"
    "嚴严團团圍围圖图場场塊块報报壞坏壯壮夢梦奪夺媽妈孩孩寧宁寶宝專专尋寻導导層层屬属島岛幫帮庫库廣广彈弹強强彎弯復复"
)
_SIMPLIFIED = {
    old: new for old, new in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True) if old != new
}

_ARABIC = range(0x0600, 0x0700)


@lru_cache(maxsize=20_000)
def spellings(cluster: str) -> tuple[str, str]:
    """A character with its combining marks, as ``(plain, bare)``; both empty for invisible characters."""
    composed = unicodedata.normalize("NFKC", cluster)
    visible = "".join(char for char in composed if unicodedata.category(char) not in ("Cf", "Cc"))
    plain = visible.casefold().replace("i̇", "i")
    bare = _bare(plain)
    return plain, bare


def bare_of(text: str) -> str:
    """The bare spelling of every character of a text, white space as it is."""
    return "".join(char if char.isspace() else spellings(char)[1] for char in text)


def _bare(plain: str) -> str:
    kept = []
    for char in plain:
        if char.isdecimal():
            kept.append(str(unicodedata.decimal(char)))
            continue
        if ord(char) in _ARABIC and (unicodedata.combining(char) or char == "ـ"):
            continue
        base = unicodedata.normalize("NFD", char)[0] if _loses_accents(char) else char
        kept.append(_SIMPLIFIED.get(base, base))
    return "".join(kept).translate(_LETTER_VARIANTS)


def _loses_accents(char: str) -> bool:
    # Latin and Greek only: in Cyrillic, Devanagari and kana a mark makes another letter.
    code = ord(char)
    return 0xC0 <= code < 0x0250 or 0x0370 <= code < 0x0400 or 0x1E00 <= code < 0x2000


@lru_cache(maxsize=20_000)
def alphabet(char: str) -> str:
    """``L``atin, ``C``yrillic, ``G``reek, ``A``rabic, ``H`` for scripts without spaces, else ``o``."""
    code = ord(char)
    if code < 0x0250 or 0x1E00 <= code < 0x1F00:
        return "L"
    for name, first, last in _BLOCKS:
        if first <= code < last:
            return name
    return "o"


_BLOCKS = (
    ("G", 0x0370, 0x0400),
    ("C", 0x0400, 0x0530),
    ("A", 0x0600, 0x0780),
    ("A", 0xFB50, 0xFE00),
    ("H", 0x0E00, 0x0F00),
    ("H", 0x3005, 0x3008),
    ("H", 0x3040, 0x3100),
    ("H", 0x3400, 0xA000),
    ("H", 0xF900, 0xFB00),
    ("H", 0x20000, 0x30000),
)
