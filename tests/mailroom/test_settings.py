"""Settings that make no sense are said so, by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailroom.settings import SettingsError, load_settings


def test_list_that_is_no_json_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILROOM_TRUSTED_HOSTS", "mailroom.local")
    with pytest.raises(SettingsError, match=r"trusted_hosts.*JSON"):
        load_settings()


def test_number_out_of_range_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILROOM_WORKERS", "none")
    with pytest.raises(SettingsError, match="workers"):
        load_settings()


@pytest.mark.parametrize("content", [b"port = \n", b'inbox = "caf\xe9"\n'])
def test_broken_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mailroom.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"mailroom\.toml cannot be read"):
        load_settings()
