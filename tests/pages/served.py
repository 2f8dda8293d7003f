"""The pages served as in the mail room, by waitress, for as long as a test or a benchmark runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import waitress
from flask import Flask
from waitress import wasyncore

# Seconds for the answers in hand to be given.
PATIENCE = 10


@contextmanager
def served(app: Flask, threads: int) -> Iterator[str]:
    """The address on loopback under which that many threads answer.

    At the end the requests in hand are answered before any socket is closed: a browser that leaves a page
    may have asked for its pictures a moment before, and a waitress whose sockets are gone under a request
    never ends.
    """
    channels: dict[int, wasyncore.dispatcher] = {}
    server = waitress.create_server(app, map=channels, host="127.0.0.1", port=0, threads=threads)
    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown(timeout=PATIENCE)
        # In the loop's own thread, which would otherwise wait a second longer, at worst on a closed socket.
        server.trigger.pull_trigger(partial(wasyncore.close_all, channels))
        loop.join(PATIENCE)
    assert not loop.is_alive()
