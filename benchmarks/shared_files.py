"""Where the letters and messages lie that the project is measured by: docs/measuring.md."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("MAILROOM_SHARED", Path(__file__).resolve().parents[2] / "shared"))
"""The folder that MAILROOM_SHARED names, or ``shared`` beside the checkout."""
