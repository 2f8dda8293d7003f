"""How work in a sandbox can fail."""

from __future__ import annotations

import signal


class SandboxError(Exception):
    """The sandbox gave no answer."""


class SandboxCrashedError(SandboxError):
    """The child died; ``status`` is its exit status, negative for a signal, None if unknown."""

    def __init__(self, status: int | None) -> None:
        super().__init__(f"The child process died ({_manner(status)}).")
        self.status = status


class SandboxMemoryError(SandboxCrashedError):
    """The child took more memory than it may, and was killed."""

    def __init__(self, memory: int) -> None:
        super().__init__(-signal.SIGKILL)
        self.args = (f"The child process took more than {memory:,} bytes of memory and was killed.",)


class SandboxTimeoutError(SandboxError):
    """The child took longer than it may, and was killed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The child process took longer than {seconds:g} s and was killed.")


class SandboxStartError(SandboxError):
    """The child does not come to answer requests: no request is at fault."""


class RemoteError(SandboxError):
    """An exception inside the child, which lives on.

    ``kind`` is the name of its class, ``errno`` its number if the operating system gave it one.
    """

    def __init__(self, kind: str, message: str, errno: int | None = None) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind
        self.message = message
        self.errno = errno


def _manner(status: int | None) -> str:
    if status is None:
        return "it did not keep to the protocol"
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"exit status {status}"
