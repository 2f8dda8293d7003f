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
_THREADS = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
# What a wide line or a dense page took goes back to the system: 40 MB less at the peak, 100 MB afterwards.
_MEMORY = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "1000000"}
ENVIRONMENT = _THREADS | _MEMORY
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
