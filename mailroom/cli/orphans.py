"""No process outlives the mail room, whichever of its processes is killed, and however."""

from __future__ import annotations

import ctypes
import os
import signal

import psutil

# From <linux/prctl.h>.
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

_libc = ctypes.CDLL(None, use_errno=True)


def stop_when_parent_dies(parent: int) -> None:
    """Have the kernel send this process SIGTERM when its parent, `parent`, dies; outlives an exec."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        # It died before the kernel was asked.
        os.kill(os.getpid(), signal.SIGTERM)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies, so that none can get away."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def stop_descendants(grace: float) -> int:
    """Stop every descendant of this process: ask, wait `grace` seconds, then kill; gives how many."""
    found = psutil.Process().children(recursive=True)
    for process in found:
        _signal(process, signal.SIGTERM)
    psutil.wait_procs(found, timeout=grace)
    # Looked up again: what was asked to stop may have started something in the meantime.
    while remaining := psutil.Process().children(recursive=True):
        for process in remaining:
            _signal(process, signal.SIGKILL)
        psutil.wait_procs(remaining, timeout=1)
    return len(found)


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl failed")
