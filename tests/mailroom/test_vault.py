"""The vault: bytes under their hash, wherever the mail room was started."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailroom.vault import MissingScanError, Vault


def test_a_place_is_whole_even_where_the_data_folder_is_named_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    vault = Vault(Path("data/vault"))
    key = vault.put(b"a card")
    monkeypatch.chdir("/")
    assert vault.path(key).is_absolute()
    assert vault.path(key).read_bytes() == b"a card"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingScanError, match="holds nothing under"):
        Vault(tmp_path).path("0" * 64)
