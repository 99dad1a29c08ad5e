"""Whether a port can be listened on. Standard library only: start.py asks before it starts the server."""

from __future__ import annotations

import errno
import os
import socket

TRIES = 100


class PortTaken(Exception):
    """Raised for a port that another program listens on; its text is shown to whoever started us."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} on {host} is taken by another program. Stop that program, or choose another port "
            f"with --port, for example --port {min(port + 1, 65535)}."
        )


class AddressRefused(Exception):
    """Raised for an address or port that this machine does not let us listen on; its text is shown likewise."""


def is_free(host: str, port: int) -> bool:
    """Whether ``host`` and ``port`` can be listened on now.

    Raises:
        AddressRefused: where the host is not an address of this machine or the port needs more rights.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # as the server does; on Windows the option means sharing the port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        raise AddressRefused(f"Cannot listen on {host}, port {port}: {error.strerror}. Choose others.") from error
    return not _is_answered(host, port)


def refuse_taken(host: str, port: int) -> None:
    """Raises:
    PortTaken, AddressRefused: as their names say.
    """
    if not is_free(host, port):
        raise PortTaken(host, port)


def next_free(host: str, port: int) -> int:
    """``port``, or the first free one above it.

    Raises:
        PortTaken: where none of the next hundred is free.
    """
    for candidate in range(port, min(port + TRIES, 65536)):
        if is_free(host, candidate):
            return candidate
    raise PortTaken(host, port)


def reachable(host: str) -> str:
    """The address at which this machine reaches a server that listens on ``host``."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)


def in_address(host: str) -> str:
    """``host`` as it stands in a web address."""
    return f"[{host}]" if ":" in host else host


def _is_answered(host: str, port: int) -> bool:
    """A listener on all addresses does not always stop us from binding one of them."""
    try:
        with socket.create_connection((reachable(host), port), timeout=0.5):
            return True
    except OSError:
        return False
