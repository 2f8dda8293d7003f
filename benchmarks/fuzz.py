"""Damage picture files at random for a while and open them: ``python -m benchmarks.fuzz [SECONDS] [SEED]``.

Reports how they ended, and keeps every file that crashed, hung or filled the child in ``results/fuzz``.
"""

from __future__ import annotations

import collections
import hashlib
import random
import sys
import time
from pathlib import Path

from mailroom.sandbox import Sandbox, SandboxError
from tests.mailroom.mutation import Damage, damaged, sound_files

KEPT = Path(__file__).parent / "results" / "fuzz"
CALL_SECONDS = 30.0
LENGTHS = (0, 1, 1, 2, 4, 64, 1024)
STROKES_MAX = 6
INTERESTING = (bytes(4), b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\xff\xff")


def main(seconds: float, seed: int) -> int:
    """Run the campaign; return how many files broke the child."""
    chance = random.Random(seed)
    ends: collections.Counter[str] = collections.Counter()
    broken = 0
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / "current"
    until = time.monotonic() + seconds
    with Sandbox(
        "tests.mailroom.sandbox_targets:build", 1_500_000_000, address_space=2_000_000_000
    ) as sandbox:
        while time.monotonic() < until:
            content = damaged(chance.choice(sound_files()), _strokes(chance))
            path.write_bytes(content)
            try:
                answer = sandbox.call({"do": "open", "path": str(path)}, CALL_SECONDS)
                end = str(answer.get("refused", "opened"))
            except SandboxError as error:
                end = f"BROKEN {error}"
                broken += 1
                (KEPT / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
            ends[end] += 1
    path.unlink(missing_ok=True)
    print(f"{ends.total()} files in {seconds:.0f} s, seed {seed}")
    for end, number in ends.most_common():
        print(f"{number:8} {end}")
    return broken


def _strokes(chance: random.Random) -> list[Damage]:
    return [
        Damage(chance.random(), chance.choice(LENGTHS), _content(chance))
        for _ in range(chance.randint(1, STROKES_MAX))
    ]


def _content(chance: random.Random) -> bytes:
    return chance.choice(INTERESTING) if chance.random() < 0.3 else chance.randbytes(chance.randint(0, 4))


if __name__ == "__main__":
    duration = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    start = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 32)
    sys.exit(1 if main(duration, start) else 0)
