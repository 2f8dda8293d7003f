"""The vault: bytes under their hash, wherever the mail room was started."""

from __future__ import annotations

import os
import subprocess
import sys
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


def test_what_a_killed_process_left_half_written_is_forgotten_in_time(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from mailroom.vault import Vault\n"
        "with Vault(Path(sys.argv[1]))._draft() as draft:\n"
        "    draft.write(b'half a card'); draft.flush(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], check=False)
    (left,) = (tmp_path / "drafts").iterdir()
    vault = Vault(tmp_path)
    key = vault.put(b"a card")
    assert vault.forget_drafts(60) == 0
    os.utime(left, (left.stat().st_atime, left.stat().st_mtime - 61))
    assert vault.forget_drafts(60) == 1
    assert list((tmp_path / "drafts").iterdir()) == []
    assert vault.has(key)


def test_where_nothing_was_kept_yet_there_is_nothing_to_forget(tmp_path: Path) -> None:
    assert Vault(tmp_path / "none").forget_drafts(0) == 0
