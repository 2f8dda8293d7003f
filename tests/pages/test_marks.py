"""The page of a campaign's marks."""

from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from benchmarks.mark_drawings import SIGNS
from mailroom import errands
from mailroom.card_scope import scope_of_card
from mailroom.database import Database
from mailroom.finding import Label
from mailroom.records import ErrandKind, Event, Mark
from mailroom.scope import MarkSample
from mailroom.vault import Vault
from tests.house import make_cards
from tests.pages.conftest import Visit

PAGE = "/campaigns/1/marks/"


def picture(name: str = "lantern") -> FileStorage:
    done, png = cv2.imencode(".png", cv2.cvtColor(SIGNS[name](), cv2.COLOR_RGB2BGR))
    assert done
    return FileStorage(io.BytesIO(png.tobytes()), "../logo <b>.png")


def test_a_coordinator_adds_a_mark_sees_it_and_removes_it(
    visit: Callable[..., Visit], room: Database, vault: Vault
) -> None:
    with room.transaction() as session:
        cards = make_cards(session, 2)
    cora = visit("cora")
    answer = cora.post(PAGE, {"name": "Lamp <i>", "label": "organisation", "file": picture()})
    assert answer.status_code == 303
    with room.reading() as session:
        mark = session.scalars(select(Mark)).one()
        assert (mark.name, mark.label) == ("Lamp <i>", Label.ORGANISATION)
        assert scope_of_card(session, cards[0]).marks == (MarkSample(mark.name, mark.label, mark.sample),)
        assert errands.waiting_for(session, ErrandKind.LOOK, [card.id for card in cards]) == {
            card.id for card in cards
        }
    page = cora.get(PAGE).get_data(as_text=True)
    assert "Lamp &lt;i&gt;" in page
    shown = cora.get(f"{PAGE}{mark.id}/{mark.sample[:16]}.png")
    assert shown.mimetype == "image/png"
    assert shown.get_data() == vault.path(mark.sample).read_bytes()
    assert cora.get(f"{PAGE}{mark.id}/0000000000000000.png").status_code == 404
    assert cora.get(f"/campaigns/2/marks/{mark.id}/{mark.sample[:16]}.png").status_code == 404
    assert cora.post(f"{PAGE}{mark.id}/remove").status_code == 303
    with room.reading() as session:
        assert session.scalars(select(Mark)).all() == []
        actions = session.scalars(select(Event.action).where(Event.action.startswith("mark."))).all()
        assert actions == ["mark.added", "mark.removed"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": "Lamp", "label": "mark"}, "Choose a picture first"),
        ({"name": "", "label": "mark", "file": picture()}, "a name of at most"),
        ({"name": "Lamp", "label": "abuse", "file": picture()}, "one of"),
        ({"name": "Lamp", "label": "nonsense", "file": picture()}, "Choose one of the values"),
        (
            {"name": "Lamp", "label": "mark", "file": FileStorage(io.BytesIO(b"GIF89a"), "a.gif")},
            "cannot be a sample",
        ),
    ],
)
def test_what_makes_no_mark_is_refused_with_a_reason(
    visit: Callable[..., Visit], room: Database, form: dict[str, object], words: str
) -> None:
    answer = visit("cora").post(PAGE, form)
    assert answer.status_code == 409
    assert words in answer.get_data(as_text=True)
    with room.reading() as session:
        assert session.scalars(select(Mark)).all() == []


def test_a_name_is_taken_once(visit: Callable[..., Visit], room: Database) -> None:
    cora = visit("cora")
    assert cora.post(PAGE, {"name": "Lamp", "label": "mark", "file": picture()}).status_code == 303
    answer = cora.post(PAGE, {"name": "LAMP", "label": "mark", "file": picture("shield")})
    assert answer.status_code == 409
    assert "already" in answer.get_data(as_text=True)


def test_others_see_marks_and_change_none(visit: Callable[..., Visit]) -> None:
    mira = visit("mira")
    page = mira.get(PAGE)
    assert page.status_code == 200
    assert "Add a mark" not in page.get_data(as_text=True)
    assert mira.post(PAGE, {"name": "Lamp", "label": "mark", "file": picture()}).status_code == 403
