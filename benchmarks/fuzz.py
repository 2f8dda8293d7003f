"""Damage picture files at random for a while and open them: ``python -m benchmarks.fuzz [SECONDS] [SEED]``.

With ``--reading`` files of all sizes are opened and read too, in a child like the worker's. Reports how
they ended, and keeps every file that crashed, hung or filled the child in ``results/fuzz``.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.fuzz_reading import End, open_and_read
from mailroom.sandbox import Sandbox, SandboxError
from mailroom.settings import Settings
from tests.mailroom.mutation import damaged, random_strokes, sound_files
from tests.reading.strange_files import strange_file
from worker.sandboxed import reading_sandbox

KEPT = Path(__file__).parent / "results" / "fuzz"
CALL_SECONDS = 30.0

Make = Callable[[random.Random], bytes]
Try = Callable[[Path], End]


def main() -> int:
    """Run the campaign; return how many files broke the child."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float, nargs="?", default=60.0)
    parser.add_argument("seed", type=int, nargs="?", default=random.randrange(1 << 32))
    parser.add_argument("--reading", action="store_true", help="read the files as well")
    options = parser.parse_args()
    if options.reading:
        settings = Settings()
        with reading_sandbox(settings) as sandbox:
            return _campaign(
                options.seconds,
                options.seed,
                strange_file,
                lambda path: open_and_read(sandbox, path, settings.reading_seconds),
            )
    with Sandbox(
        "tests.mailroom.sandbox_targets:build", 1_500_000_000, address_space=2_000_000_000
    ) as sandbox:
        return _campaign(options.seconds, options.seed, _damaged_file, lambda path: _open(sandbox, path))


def _campaign(seconds: float, seed: int, make: Make, attempt: Try) -> int:
    chance = random.Random(seed)
    ends: collections.Counter[str] = collections.Counter()
    broken, slowest = 0, 0.0
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / "current"
    until = time.monotonic() + seconds
    while (started := time.monotonic()) < until:
        content = make(chance)
        path.write_bytes(content)
        end = attempt(path)
        slowest = max(slowest, time.monotonic() - started)
        if not end.sound:
            broken += 1
            (KEPT / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
        ends[end.name] += 1
    path.unlink(missing_ok=True)
    print(f"{ends.total()} files in {seconds:.0f} s, seed {seed}; the slowest took {slowest:.1f} s")
    for name, number in ends.most_common():
        print(f"{number:8} {name}")
    return broken


def _damaged_file(chance: random.Random) -> bytes:
    return damaged(chance.choice(sound_files()), random_strokes(chance))


def _open(sandbox: Sandbox, path: Path) -> End:
    try:
        answer = sandbox.call({"do": "open", "path": str(path)}, CALL_SECONDS)
    except SandboxError as error:
        return End(f"BROKEN {error}", sound=False)
    return End(str(answer.get("refused", "opened")), sound=True)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
