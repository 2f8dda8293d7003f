"""What users would pick instead, on the same files: the tesseract command, and OCRmyPDF."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
from pathlib import Path

from benchmarks.reading.run import Read

ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}
# In an environment of its own: make bench-reading sets it up.
OCRMYPDF = Path(__file__).parents[2] / ".bench-venv" / "bin" / "ocrmypdf"
# Tesseract's names for languages are ISO 639-3, but for this one.
DATA_NAMES = {"zho": "chi_sim"}


class PeerError(Exception):
    """A peer failed, so that its figures would be worth nothing."""


def tesseract(path: Path) -> Read:
    """The bare command, with its default language."""
    return _run(["tesseract", str(path), "-"])


def tesseract_told(path: Path, language: str) -> Read:
    """The bare command told the language, as one who knows would."""
    return _run(["tesseract", "-l", DATA_NAMES.get(language, language), str(path), "-"])


def has_ocrmypdf() -> bool:
    """Whether its environment has been set up."""
    return OCRMYPDF.exists()


def ocrmypdf(path: Path, language: str) -> Read:
    """OCRmyPDF told the language: a searchable PDF, and the text beside it."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text"
        options = ["--image-dpi", "200", "--jobs", "1", "-l", DATA_NAMES.get(language, language)]
        read = _run([str(OCRMYPDF), *options, "--sidecar", str(text), str(path), f"{folder}/out.pdf"])
        return Read(text.read_text(encoding="utf-8", errors="replace"), read.cpu_seconds)


def _run(command: list[str]) -> Read:
    before = _children_seconds()
    done = subprocess.run(command, capture_output=True, check=False, env=ONE_THREAD)
    if done.returncode:
        raise PeerError(f"{' '.join(command)}: {done.stderr.decode(errors='replace')[-1000:]}")
    return Read(done.stdout.decode(errors="replace"), _children_seconds() - before)


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
