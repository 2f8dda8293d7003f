"""The jobs that RQ calls by name."""

from __future__ import annotations

from worker.errand_runner import ErrandRunner

_runners: list[ErrandRunner] = []


class NoRunnerError(RuntimeError):
    """A job was called in a process that is no reading worker."""


def serve_with(runner: ErrandRunner) -> None:
    """Have this process do its jobs with ``runner``."""
    _runners[:] = [runner]


def run_errand(errand: int) -> None:
    """Do the errand of this id, if it is still due; raises NoRunnerError outside a reading worker."""
    if not _runners:
        raise NoRunnerError("Start a reading worker with `mailroom worker`.")
    _runners[0].run(int(errand))
