"""How much memory a process has held."""

from __future__ import annotations

from pathlib import Path


def peak_megabytes(process: int | str = "self") -> float:
    """The most that a process, by its id, has held since it started, in MiB."""
    # Not ru_maxrss: that begins at what the parent held when it started the process.
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]
    return int(kilobytes) / 1024
