"""The pages of a test come down whole, whatever a browser still asks for."""

from __future__ import annotations

import socket
import struct
import threading
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.pages.served import served

# Closing a socket so lingers for no time: the other end finds it reset.
GONE = struct.pack("ii", 1, 0)


def test_a_browser_that_left_does_not_keep_the_pages_up(caplog: pytest.LogCaptureFixture) -> None:
    app, in_hand, leave = Flask("slow"), threading.Event(), threading.Event()

    @app.get("/")
    def slow() -> str:
        in_hand.set()
        leave.wait(5)
        return "late"

    with served(app, threads=1) as address:
        browser = socket.create_connection((urlsplit(address).hostname, urlsplit(address).port))
        browser.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert in_hand.wait(5)
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, GONE)
        browser.close()
        threading.Timer(0.2, leave.set).start()
    assert [record for record in caplog.records if record.exc_info] == []
