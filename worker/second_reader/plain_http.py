"""One HTTP request with hard limits: to a checked address, no proxy, no redirect, bounded time and size."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from typing import Any

from mailroom.second_reader_address import ReaderAddress


class HttpError(Exception):
    """There is no usable answer; the message says what was wrong and quotes nothing of it."""


def post_json(address: ReaderAddress, path: str, data: Any, seconds: float, bytes_max: int) -> bytes:
    """Send ``data`` as JSON and return the answer's body.

    ``seconds`` bounds everything after the name's resolution. Raises HttpError for any status but 200, an
    answer over ``bytes_max`` or too late, AddressRefusedError, and OSError where nobody answers.
    """
    body = json.dumps(data).encode()
    deadline = time.monotonic() + seconds
    with _connected(address, seconds) as line:
        late = threading.Event()
        watch = threading.Timer(max(deadline - time.monotonic(), 0), _cut, (line, late))
        watch.daemon = True
        watch.start()
        try:
            answer = _exchange(address, line, path, body, bytes_max)
        except (OSError, http.client.HTTPException, HttpError) as error:
            if late.is_set():
                raise HttpError("too slow") from None
            raise error if isinstance(error, HttpError) else HttpError(type(error).__name__) from None
        finally:
            watch.cancel()
        # A line that was cut looks like an answer that ended.
        if late.is_set():
            raise HttpError("too slow")
        return answer


def _exchange(address: ReaderAddress, line: socket.socket, path: str, body: bytes, bytes_max: int) -> bytes:
    # http.client knows no proxies and follows no redirects; it is given our own line to a checked address.
    connection = http.client.HTTPConnection(address.host, address.port)
    connection.sock = line
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
    connection.request("POST", address.path + path, body, headers)
    answer = connection.getresponse()
    if answer.status != http.HTTPStatus.OK:
        raise HttpError(f"status {answer.status}")
    content = answer.read(bytes_max + 1)
    if len(content) > bytes_max:
        raise HttpError("too large")
    # A body that breaks off is as late or broken as none.
    if answer.length:
        raise HttpError("cut short")
    return content


@contextlib.contextmanager
def _connected(address: ReaderAddress, seconds: float) -> Iterator[socket.socket]:
    numbers = address.resolve()
    line = _connect(numbers, address.port, seconds)
    with line:
        # The watch bounds the whole; this bounds a single wait, should the watch fail.
        line.settimeout(seconds)
        if not address.secure:
            yield line
            return
        with ssl.create_default_context().wrap_socket(line, server_hostname=address.host) as secured:
            yield secured


def _connect(numbers: list[str], port: int, seconds: float) -> socket.socket:
    """A line to the first of these numeric addresses that answers."""
    failure: OSError = ConnectionRefusedError()
    for number in numbers:
        try:
            return socket.create_connection((number, port), timeout=seconds / len(numbers))
        except OSError as error:
            failure = error
    raise failure


def _cut(line: socket.socket, late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
