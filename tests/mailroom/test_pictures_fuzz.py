"""Whatever damage a picture file takes, it is refused by name or opens as it was inspected."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailroom.sandbox import Sandbox
from tests.mailroom.mutation import Damage, damaged, sound_files

STROKES = st.lists(
    st.builds(
        Damage,
        place=st.floats(0, 1),
        length=st.sampled_from([0, 1, 1, 2, 4, 64]),
        content=st.binary(max_size=4)
        | st.sampled_from([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"]),
    ),
    max_size=4,
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(
        "tests.mailroom.sandbox_targets:build", 1_500_000_000, address_space=2_000_000_000
    ) as sandbox:
        yield sandbox


def outcome(sandbox: Sandbox, path: Path, content: bytes) -> dict[str, object]:
    """Inspect and load in the sandbox; a crash, a hang or an unnamed error fails the test."""
    path.write_bytes(content)
    return sandbox.call({"do": "open", "path": str(path)}, 30)


@pytest.mark.parametrize("number", range(len(sound_files())))
def test_the_sound_files_are_sound(sandbox: Sandbox, tmp_path: Path, number: int) -> None:
    answer = outcome(sandbox, tmp_path / "scan", sound_files()[number])
    assert answer["pages"]
    assert answer["pages"] == answer["loaded"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.sampled_from(sound_files()), strokes=STROKES)
def test_a_damaged_file_is_refused_by_name_or_opens_as_inspected(
    sandbox: Sandbox, tmp_path: Path, content: bytes, strokes: list[Damage]
) -> None:
    answer = outcome(sandbox, tmp_path / "scan", damaged(content, strokes))
    assert "refused" in answer or answer["pages"] == answer["loaded"], base64.b64encode(content)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.sampled_from(sound_files()), kept=st.floats(0, 0.9))
def test_a_file_cut_short_never_passes(
    sandbox: Sandbox, tmp_path: Path, content: bytes, kept: float
) -> None:
    assert "refused" in outcome(sandbox, tmp_path / "scan", content[: int(kept * len(content))])
