"""The script that sees to the system packages, run for real on lists of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ["sh", "dirname", "sed", "id", "tr", "cat", "sudo"]
ABSENT = "mailroom-no-such-package"

pytestmark = pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="not a Debian or Ubuntu machine")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with the scripts, lists that name an absent package, and programs without apt-get."""
    install = tmp_path / "install"
    install.mkdir()
    for script in ("packages.sh", "python.sh", "apt-quietly.sh"):
        shutil.copy(ROOT / "install" / script, install)
    (install / "packages-run.txt").write_text(f"# A comment.\nbash\n{ABSENT}  # why\n? {ABSENT}-too\n")
    (install / "packages-test.txt").write_text(f"{ABSENT}-for-tests\n")
    (install / "packages-whole.txt").write_text(f"bash\n? {ABSENT}\n")
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in [*TOOLS, "dpkg-query"]:
        if found := shutil.which(tool):
            (programs / tool).symlink_to(Path(found))
    return tmp_path


def run(machine: Path, *lists: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(machine / "install" / "packages.sh"), *lists],
        env={"PATH": str(machine / "bin"), "PYTHON": sys.executable, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_names_what_is_missing_and_how_to_get_it_where_apt_may_not_be_used(machine: Path) -> None:
    result = run(machine, "run", "test")
    assert result.returncode == 1
    missing = f"{ABSENT} {ABSENT}-for-tests"
    assert f"may not be used from here: {missing}\n" in result.stderr
    assert f"apt-get install --no-install-recommends {missing}\n" in result.stderr
    assert "bash" not in result.stderr


def test_what_is_only_wanted_is_done_without(machine: Path) -> None:
    result = run(machine, "whole")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_it_leaves_the_system_alone_when_told_to(machine: Path) -> None:
    assert run(machine, "run", PACKAGES="skip").returncode == 0


def test_on_another_distribution_it_names_everything(machine: Path) -> None:
    (machine / "bin" / "dpkg-query").unlink()
    result = run(machine, "run")
    assert result.returncode == 1
    assert "not a Debian or Ubuntu machine" in result.stderr
    assert f"PACKAGES=skip: bash {ABSENT}" in result.stderr


def test_a_python_too_old_is_refused(machine: Path) -> None:
    old = machine / "bin" / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    result = run(machine, "run", PYTHON="python3")
    assert result.returncode == 1
    assert "needs Python 3.11 or later" in result.stderr


def test_where_apt_may_be_used_it_is_asked_for_what_is_missing(machine: Path) -> None:
    """With a stand-in for the installing itself, which is proved on a bare machine."""
    asked = machine / "asked"
    apt = machine / "install" / "apt-quietly.sh"
    apt.write_text(f'#!/bin/sh\necho "$@" > {asked}\n')
    for tool in ("apt-get", "id"):
        (machine / "bin" / tool).unlink(missing_ok=True)
    (machine / "bin" / "apt-get").symlink_to("/bin/true")
    (machine / "bin" / "id").write_text("#!/bin/sh\necho 0\n")
    (machine / "bin" / "id").chmod(0o755)
    assert run(machine, "run").returncode == 0
    assert asked.read_text() == f"{ABSENT} ?{ABSENT}-too\n"
