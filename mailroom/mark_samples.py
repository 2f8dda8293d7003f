"""Sample pictures of marks: a file from outside is opened in a sandbox, and comes out as a PNG of ours.

The sandbox's target is called by name, as errands are: whoever takes a sample imports nothing that
decodes.
"""

from __future__ import annotations

import base64
from dataclasses import asdict
from pathlib import Path

from mailroom.errors import Refusal
from mailroom.pictures import PictureLimits
from mailroom.sandbox import Sandbox, SandboxError, SandboxStartError, SandboxTimeoutError

TARGET = "worker.screening.marks.sample:load"
SECONDS = 20.0
MEMORY = 1_500_000_000
LIMITS = PictureLimits(bytes_max=20_000_000, pixels_max=40_000_000, pages_max=1)
# OpenBLAS would start a thread for each core.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class SampleRefusedError(Refusal):
    """The picture cannot be a sample; the message says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "file")


def take_sample(path: Path) -> bytes:
    """Open and check a sample picture in a child process; gives it back as a PNG of moderate size.

    Raises SampleRefusedError for a file that is no sound picture, or in which there is too little to know
    it again, and OSError where ``path`` cannot be read.
    """
    with path.open("rb"):
        pass
    request = {"path": str(path.absolute()), "limits": asdict(LIMITS)}
    try:
        with Sandbox(TARGET, MEMORY, environment=ENVIRONMENT) as sandbox:
            answer = sandbox.call(request, SECONDS)
    except SandboxTimeoutError:
        raise SampleRefusedError("This picture takes too long to open. Save it anew, smaller.") from None
    except SandboxStartError:
        raise SampleRefusedError(
            "The mail room cannot open pictures at this moment. Try again, and tell whoever looks after it."
        ) from None
    except SandboxError:
        raise SampleRefusedError("This picture is damaged and cannot be opened. Save it anew.") from None
    if "refused" in answer:
        raise SampleRefusedError(answer["refused"])
    return base64.b64decode(answer["png"])
