"""How much memory a process holds, and has held."""

from __future__ import annotations

from pathlib import Path


def peak_megabytes(process: int | str = "self") -> float:
    """The most that a process, by its id, has held since it started, in MiB."""
    # Not ru_maxrss: that begins at what the parent held when it started the process.
    return _megabytes(process, "VmHWM:")


def own_megabytes(process: int | str = "self") -> float:
    """What a process, by its id, holds that is no page of a file, in MiB: what another one like it adds."""
    return _megabytes(process, "RssAnon:")


def _megabytes(process: int | str, row: str) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith(row)).split()[1]) / 1024
