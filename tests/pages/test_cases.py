"""Cases, and the campaign file that they come from."""

from __future__ import annotations

import io
from collections.abc import Callable

from werkzeug.datastructures import FileStorage

from mailroom.database import Database
from tests.house import CAMPAIGN
from tests.pages.conftest import Visit


def test_the_campaign_file_goes_in_and_out(visit: Callable[..., Visit], room: Database) -> None:
    visitor = visit("cora")
    file = CAMPAIGN.replace("Nadia K.", "Nadia Q.").replace("ends: 2027-01-31", "ends: 2027-02-01")
    assert visitor.post("/cases/campaign-file", {"file": _yaml(file)}).status_code == 303
    out = visitor.get("/cases/campaign-file/1.yaml").get_data(as_text=True)
    assert "Nadia Q." in out
    assert "2027-02-01" in out


def test_faults_of_a_campaign_file_are_listed_and_change_nothing(
    visit: Callable[..., Visit], room: Database
) -> None:
    visitor = visit("cora")
    file = CAMPAIGN.replace("ends: 2027-01-31", "ends: soon").replace("slug: nadia-k", "slug: Nadia K")
    answer = visitor.post("/cases/campaign-file", {"file": _yaml(file)})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "cases.0.slug" in page
    assert "ends:" in page
    for junk in (b"", b"\xff\xfe\x00", b"- a list"):
        sent = FileStorage(io.BytesIO(junk), "campaign.yaml")
        assert visitor.post("/cases/campaign-file", {"file": sent}).status_code == 409


def _yaml(text: str) -> FileStorage:
    return FileStorage(io.BytesIO(text.encode()), "campaign.yaml")


def test_a_case_is_closed_and_opened_again(visit: Callable[..., Visit], room: Database) -> None:
    visitor = visit("cora")
    visitor.post("/cases/nadia-k/close")
    assert "closed" in visitor.get("/cases/nadia-k").get_data(as_text=True)
    visitor.post("/cases/nadia-k/reopen")
    assert "Close the case" in visitor.get("/cases/nadia-k").get_data(as_text=True)
