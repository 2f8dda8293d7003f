"""The sandbox that the reading child runs in."""

from __future__ import annotations

from mailroom.sandbox import Sandbox
from mailroom.settings import Settings

# By name: the parent never imports what reads, and so stays small.
TARGET = "worker.child:load"
NICE = 5
# Tesseract takes its picture from a file.
FILE_BYTES_MAX = 400_000_000
# One thread each: there is a worker for every core.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
# The variable by which the child knows where learnt models stand.
MODELS_FOLDER = "MAILROOM_MODELS_FOLDER"


def reading_sandbox(settings: Settings) -> Sandbox:
    """Prepare a sandbox for the reading child; nothing runs yet."""
    return Sandbox(
        TARGET,
        settings.reading_memory,
        file_bytes=FILE_BYTES_MAX,
        nice=NICE,
        environment=ENVIRONMENT | {MODELS_FOLDER: str(settings.models_folder.resolve())},
    )
