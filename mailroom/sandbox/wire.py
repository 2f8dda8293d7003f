"""What goes over the line between parent and child: JSON, each message behind its length.

The length stands in four bytes, the most significant first.
"""

from __future__ import annotations

import json
import socket
from typing import Any

CHUNK = 1 << 16
MESSAGE_MAX = 64 << 20
_LENGTH = 4


def encode(message: dict[str, Any]) -> bytes:
    """The bytes of a message, without its length."""
    return json.dumps(message, ensure_ascii=True, allow_nan=False).encode("ascii")


def send(line: socket.socket, message: dict[str, Any]) -> None:
    """Send one message; raises OSError, and ValueError on what JSON cannot say."""
    content = encode(message)
    if len(content) > MESSAGE_MAX:
        raise ValueError(f"a message of {len(content):,} bytes is too long")
    line.sendall(len(content).to_bytes(_LENGTH, "big") + content)


def take(received: bytearray) -> Any:
    """Cut the first whole message off ``received``; None until it is all there.

    What is no message gives False, as it comes from a child that may be in a stranger's hands.
    """
    if len(received) < _LENGTH:
        return None
    length = int.from_bytes(received[:_LENGTH], "big")
    if length > MESSAGE_MAX:
        return False
    if len(received) < _LENGTH + length:
        return None
    content = bytes(received[_LENGTH : _LENGTH + length])
    del received[: _LENGTH + length]
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return False


def receive(line: socket.socket) -> dict[str, Any] | None:
    """Wait for one message; None when the other end has closed the line; raises TypeError."""
    received = bytearray()
    while (message := take(received)) is None:
        chunk = line.recv(CHUNK)
        if not chunk:
            return None
        received += chunk
    if not isinstance(message, dict):
        raise TypeError("what came over the line is no message")
    return message
