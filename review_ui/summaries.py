"""What was made of a side, in one plain sentence: what it is, in which writing, how sure."""

from __future__ import annotations

from mailroom.reading import Content, Reading
from review_ui import languages, scripts

WELL_FROM = 0.9
FAIRLY_FROM = 0.8
KINDS = {
    Content.DRAWING: "a drawing",
    Content.PHOTOGRAPH: "a photograph",
    Content.FORM: "a form",
    Content.CUTTING: "a newspaper cutting",
}


def summary(reading: Reading | None) -> str:
    """What a person should know of a reading before trusting it."""
    if reading is None:
        return "not read yet"
    if reading.is_unread:
        return f"writing that could not be read: look at the picture{_likely(reading)}"
    if reading.content is Content.BLANK and not reading.text:
        return "blank: nothing was found here"
    kind = KINDS.get(reading.content)
    if not reading.text:
        return f"{kind}: no words found" if kind else "no words found"
    if reading.is_transcribed:
        # Its script is what the engine took it for.
        words = f"{languages.name_of(reading.language)}, written down by a person"
    else:
        words = f"{_writing(reading)}, {_lettering(reading)}; {_sureness(reading.confidence)}"
    return f"{kind}: {words}" if kind else words


def _likely(reading: Reading) -> str:
    if reading.script == "Zyyy":
        return ". Its script is not known"
    script = scripts.name_of(reading.script)
    likely = scripts.likely_languages(reading.script)
    return f". It may be {script} script{f', so {likely}' if likely not in {'', script} else ''}"


def _writing(reading: Reading) -> str:
    language, script = languages.name_of(reading.language), scripts.name_of(reading.script)
    if reading.language is None:
        return language if reading.script == "Zyyy" else f"{script} script, {language}"
    # What is in Latin letters, and a script that is named as its language, goes without saying.
    return language if script in {"", "Latin", language} else f"{language} in {script} script"


def _lettering(reading: Reading) -> str:
    if reading.handwritten and reading.printed:
        return "handwritten and printed"
    return {True: "handwritten", False: "printed", None: "handwriting or print"}[reading.handwritten]


def _sureness(confidence: float) -> str:
    if confidence >= WELL_FROM:
        words = "read well"
    elif confidence >= FAIRLY_FROM:
        words = "some words may be wrong"
    else:
        words = "many words may be wrong: go by the picture"
    # No machine is wholly sure.
    return f"{words} ({min(int(100 * confidence), 99)}% sure)"
