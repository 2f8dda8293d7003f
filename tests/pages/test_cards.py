"""The page of one card: its pictures, what happened to it, and the way back to the desk."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from mailroom.database import Database
from mailroom.records import Card, Decision, Stage
from mailroom.vault import Vault
from tests.house import make_cards
from tests.pages import sample_room
from tests.pages.conftest import Visit
from tests.pages.parcels import make_parcel


def test_pictures_come_from_the_vault_under_their_hash(
    visit: Callable[..., Visit], room: Database, vault: Vault
) -> None:
    with room.transaction() as session:
        sample_room.fill(session, vault, limit=1)
        side = session.scalars(select(Card)).one().sides[0]
    visitor = visit("mira")
    assert side.view
    answer = visitor.get(f"/scans/{side.id}/view/{side.view[:16]}")
    assert answer.mimetype == "image/jpeg"
    assert answer.data == vault.path(side.view).read_bytes()
    assert answer.headers["Cache-Control"].startswith("private")
    assert visitor.get(f"/scans/{side.id}/view/{'0' * 16}").status_code == 404
    assert visitor.get(f"/scans/{side.id}/view/{side.view[:3]}").status_code == 404


def test_a_recalled_card_is_back_at_the_desk(visit: Callable[..., Visit], room: Database) -> None:
    with room.transaction() as session:
        card = make_cards(session, 1)[0]
        make_parcel(session, [card])
        address = f"/cards/{card.tray.code}/{card.position}"
    visitor = visit("mira")
    page = visitor.get(address).get_data(as_text=True)
    for words in ("scanned, test", "waits for a person <", "approved, mira", "to be packed in P-"):
        assert f"<li>{words}" in page
    visitor.post(f"/cards/{card.id}/recall")
    assert "<li>brought back to the desk, mira" in visitor.get(address).get_data(as_text=True)
    with room.reading() as session:
        assert session.get_one(Card, card.id).stage is Stage.WAITING
        assert session.scalars(select(Decision)).one().undone
