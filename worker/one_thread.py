"""How OpenVINO runs a network here: on one thread, on whichever core is free.

Left alone it holds its thread to a core for as long as a network runs. Processes know nothing of each
other, so all of them hold to the first: two workers then share one core, and the other stands idle.
docs/decisions/0111-networks-on-any-core.md.
"""

from __future__ import annotations

ONE_THREAD: dict[str, object] = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "ENABLE_CPU_PINNING": False}
