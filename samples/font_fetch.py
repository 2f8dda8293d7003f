"""Fetch the handwriting fonts as npm packages and unpack them into the font cache."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

from samples.font_table import FETCHED
from samples.fonts import FONT_CACHE, FontMissingError

HERE = Path(__file__).resolve().parent
LICENCE = "OFL-1.1"
NPM_TIMEOUT_S = 600


def prepare(cache: Path = FONT_CACHE) -> int:
    """Install the packages of package-lock.json and convert their fonts; returns how many files there are.

    Raises FontMissingError when npm is missing, fails, or a package is not under the Open Font Licence.
    """
    packages = _install(cache / "npm")
    count = 0
    for name in FETCHED:
        package = packages / "@fontsource" / name
        _check_licence(package)
        for source in _whole_subsets(package):
            _convert(source, cache / f"{source.name.removesuffix('-400-normal.woff2')}.ttf")
            count += 1
    return count


def _install(folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise FontMissingError(
            "npm is not installed: install the Debian package 'npm', then run this again."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=NPM_TIMEOUT_S, check=False
    )
    if done.returncode:
        raise FontMissingError(f"npm could not install the fonts:\n{done.stderr.strip()[-2000:]}")
    return folder / "node_modules"


def _check_licence(package: Path) -> None:
    licence = json.loads((package / "package.json").read_text(encoding="utf-8"))["license"]
    if licence != LICENCE:
        raise FontMissingError(
            f"{package.name} is under {licence}, not {LICENCE}; it may not be used here."
        )


def _whole_subsets(package: Path) -> Iterator[Path]:
    # Large fonts come a second time in numbered slices, which are left out.
    for path in sorted((package / "files").glob("*-400-normal.woff2")):
        subset = path.name.removeprefix(f"{package.name}-").removesuffix("-400-normal.woff2")
        if not subset.isdigit():
            yield path


def _convert(source: Path, target: Path) -> None:
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    with TTFont(source) as font:
        font.flavor = None
        font.save(target)
