"""The sandbox that the reading child runs in."""

from __future__ import annotations

from mailroom.sandbox import Sandbox
from mailroom.settings import Settings

# By name: the parent never imports what reads, and so stays small.
TARGET = "worker.child:load"
NICE = 5
# Tesseract's script detector takes its picture from a file.
FILE_BYTES_MAX = 400_000_000
# One thread each: there is a worker for every core.
_THREADS = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
# Pictures and lines take and give back the same tens of megabytes again and again: to fetch them from the
# system anew each time cost an eighth of a page's time, to keep them costs 30 MB.
_MALLOC = {"arena_max": 1, "mmap_threshold": 32_000_000, "trim_threshold": 128_000_000, "hugetlb": 1}
_MEMORY = {"GLIBC_TUNABLES": ":".join(f"glibc.malloc.{name}={value}" for name, value in _MALLOC.items())}
# Each network keeps what it makes for the sizes that it meets again; oneDNN would keep all once more.
_KEPT = {"ONEDNN_PRIMITIVE_CACHE_CAPACITY": "0"}
ENVIRONMENT = _THREADS | _MEMORY | _KEPT
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
