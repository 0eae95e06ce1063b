"""The address the web process listens on.

Granian shares a busy port silently with whoever has it, so it is tried here first.
"""

import errno
import http.client
import socket

from zhiliu.config.launch.refusals import LaunchRefused, one_line


def check_port(host: str, port: int) -> None:
    """Refuse with `port_in_use` or `address_unusable` when nobody could listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # Connections of the last run that still linger do not count as a listener.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else 8000
            raise LaunchRefused("port_in_use", host=host, port=port, other=other) from problem
        reason = one_line(problem.strerror or problem)
        raise LaunchRefused("address_unusable", host=host, port=port, reason=reason) from problem


def answers(host: str, port: int) -> bool:
    """Say whether a web process answers there; that it accepts a connection is not enough."""
    reach = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(reach, port, timeout=1)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
