"""Finds out whether this machine adds products of 8 bits exactly.

With an instruction for it (VNNI) it does. Without one OpenVINO adds two of them in 16 bits before it goes
on, where the largest do not fit: they are cut off without a word. OpenVINO does not tell which it is, so
that it is tried, on a layer in which all is as large as can be.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from openvino import Core, Model, opset13

from worker.inference import INFERENCE
from worker.reading.networks.graph import weighed
from worker.reading.networks.rounding import largest_weight, reckon_in_8_bits

CHANNELS, PIXELS = 16, 16
# Cut off, they come to about half.
NEAR = 0.9


@lru_cache(maxsize=1)
def sums_are_exact() -> bool:
    """Whether a layer in 8 bits sums the largest products to what they are."""
    entering = opset13.parameter([1, CHANNELS, PIXELS, PIXELS], np.float32)
    layer = weighed(entering.output(0), np.ones((CHANNELS, CHANNELS, 1, 1), np.float32)).get_node()
    reckon_in_8_bits(layer, 0.0, 1.0, largest_weight)
    network = Core().compile_model(Model([layer], [entering]), "CPU", INFERENCE)
    sums = network([np.ones((1, CHANNELS, PIXELS, PIXELS), np.float32)])[0]
    return bool(sums.min() > NEAR * CHANNELS)
