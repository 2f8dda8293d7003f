"""Where a second reader may be: on this machine, or on a host that the settings name."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

THIS_MACHINE = "localhost"
_PORTS = {"http": 80, "https": 443}


class AddressRefusedError(ValueError):
    """Texts of cards are not sent to this address; the message says why."""


@dataclass(frozen=True, slots=True)
class ReaderAddress:
    """An address that texts may be sent to; ``allowed`` if the settings name its host."""

    secure: bool
    host: str
    port: int
    path: str
    allowed: bool

    def resolve(self) -> list[str]:
        """The numeric addresses to connect to, each checked; raises AddressRefusedError and OSError.

        A name is resolved for each connection and only the address checked here is connected to, so that
        an answer that changes in between leads nowhere else.
        """
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not self.allowed and not all(_is_loopback(number) for number in numbers):
            raise AddressRefusedError(f"{self.host} is not this machine.")
        return numbers


def parse_address(url: str, hosts: tuple[str, ...]) -> ReaderAddress:
    """Take an address apart; raises AddressRefusedError unless it is loopback or its host in ``hosts``."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefusedError("the second reader's address makes no sense") from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _PORTS or not host:
        raise AddressRefusedError("the second reader's address looks like http://127.0.0.1:8000/v1")
    if parts.username is not None or parts.query or parts.fragment:
        raise AddressRefusedError(
            "the second reader's address may hold no name, password, query or fragment"
        )
    allowed = host in {name.lower().rstrip(".") for name in hosts}
    if not allowed and host != THIS_MACHINE and not _is_loopback(host):
        raise AddressRefusedError(
            f"the second reader at {host} is not on this machine: cards' texts would leave it. "
            f"If that is meant, name the host in second_reader_hosts"
        )
    path = parts.path.rstrip("/")
    return ReaderAddress(parts.scheme == "https", host, port or _PORTS[parts.scheme], path, allowed)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
