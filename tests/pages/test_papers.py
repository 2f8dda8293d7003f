"""What is printed for a parcel, in letters that join and are no boxes, with nothing fetched for it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from PIL import Image, ImageChops
from sqlalchemy import select

from mailroom import campaign_store, parcels, people
from mailroom.campaigns import parse_campaign
from mailroom.database import Database
from mailroom.records import Destination
from review_ui.papers import as_pdf
from tests.house import CAMPAIGN, make_cards
from tests.pages.conftest import Visit
from tests.pages.parcels import make_parcel

ADDRESS = ["نادیا کریمی", "林美华 收", "Лісоўскі Віктар", "Ngô Thị Ánh", "<b>12 Sample Lane</b>"]
FONTS = 'font: 40pt "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "DejaVu Sans", sans-serif'


@pytest.fixture
def parcel(room: Database) -> str:
    """A parcel for an address in many scripts: positions 1, 3 and 6 of a tray, of which 1 is packed."""
    with room.transaction() as session:
        campaign_store.load(session, parse_campaign(CAMPAIGN), actor="test")
        session.scalars(select(Destination).order_by(Destination.id)).first().address = ADDRESS  # type: ignore[union-attr]
        cards = make_cards(session, 6)
        code = make_parcel(session, [cards[0], cards[2], cards[5]])
        parcels.pack(session, people.person_named(session, "lena"), cards[0])
    return code


def _text(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def _picture(text: str) -> Image.Image:
    page = pypdfium2.PdfDocument(as_pdf(f"<style>body {{ {FONTS} }}</style><p>{text}</p>"))[0]
    picture: Image.Image = page.render(scale=1).to_pil().convert("L")
    return picture


def _ink_width(text: str) -> int:
    box = ImageChops.invert(_picture(text)).getbbox()
    assert box
    return box[2] - box[0]


def test_the_label_holds_the_address_and_nothing_else(visit: Callable[..., Visit], parcel: str) -> None:
    answer = visit("lena").get(f"/parcels/{parcel}/label.pdf")
    assert answer.mimetype == "application/pdf"
    lines = [line.strip() for line in _text(answer.data).splitlines() if line.strip()]
    assert lines == ADDRESS


def test_the_slip_lists_what_is_packed(visit: Callable[..., Visit], parcel: str) -> None:
    text = _text(visit("lena").get(f"/parcels/{parcel}/slip.pdf").data)
    assert parcel in text
    assert "Лісоўскі" in text
    assert "Do not enclose" in text


def test_the_pull_list_says_what_to_take_and_what_to_leave(
    visit: Callable[..., Visit], parcel: str
) -> None:
    text = _text(visit("lena").get(f"/parcels/{parcel}/pull-list.pdf").data)
    rows = [line.split() for line in text.splitlines() if line.split()[:1] and line.split()[0].isdigit()]
    assert [row for row in rows if row[-1] in {"take", "stays"}] == [
        ["3", "take"],
        ["4", "stays"],
        ["5", "stays"],
        ["6", "take"],
    ]


def test_arabic_letters_join() -> None:
    assert _ink_width("ببب") < _ink_width("ب\u200cب\u200cب")


def test_chinese_letters_are_not_boxes() -> None:
    assert ImageChops.difference(_picture("林"), _picture("美")).getbbox()


class _Listener(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def listener() -> Iterator[http.server.HTTPServer]:
    server = http.server.HTTPServer(("127.0.0.1", 0), _Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_printed_page_fetches_nothing(listener: http.server.HTTPServer) -> None:
    address = f"http://127.0.0.1:{listener.server_port}/picture.png"
    pdf = as_pdf(f'<style>body {{ background: url({address}) }}</style><img src="{address}"><p>here</p>')
    assert "here" in _text(pdf)
    assert _Listener.asked == []
