"""How OpenVINO runs a network here: on one thread, on whichever core is free, in plain floats.

Left alone it holds its thread to a core for as long as a network runs. Processes know nothing of each
other, so all of them hold to the first: two workers then share one core, and the other stands idle.
docs/decisions/0111-networks-on-any-core.md.

Left alone it also computes in bfloat16 where the processor can: seven bits of a number instead of 23.
A card would be read otherwise on a server than on a laptop. docs/decisions/0128-plain-floats-everywhere.md.
"""

from __future__ import annotations

INFERENCE: dict[str, object] = {
    "INFERENCE_NUM_THREADS": 1,
    "NUM_STREAMS": 1,
    "ENABLE_CPU_PINNING": False,
    "INFERENCE_PRECISION_HINT": "f32",
}
