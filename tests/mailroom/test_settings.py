"""Settings that make no sense are said so, by name; each is in the documents, with what it is by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailroom.settings import Settings, SettingsError, load_settings

DOCS = Path(__file__).parents[2] / "docs"


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


@pytest.mark.parametrize("name", Settings.model_fields)
def test_setting_stands_in_the_documents(name: str) -> None:
    variable, default = f"MAILROOM_{name.upper()}", Settings.model_fields[name].default
    documents = [(DOCS / file).read_text(encoding="utf-8") for file in ("running.md", "second-reader.md")]
    lines = (line for text in documents for line in text.splitlines())
    rows = [line.split("|")[1:4] for line in lines if line.startswith("| MAILROOM_")]
    told = [by_itself for variables, _, by_itself in rows if variable in re.findall(r"\w+", variables)]
    assert told, f"{variable} is in no table"
    if isinstance(default, int | float) and not isinstance(default, bool):
        assert f"{default:.12g}" in told[0].replace(",", "")
