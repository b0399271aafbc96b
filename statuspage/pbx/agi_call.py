"""One call that a telephone system hands over by FastAGI: what it tells of itself, and the commands it obeys.

The protocol is that of Asterisk's Gateway Interface: lines of `name: value` up to an empty one, then a command and its
answer, a line each.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

MOST_LINES, LONGEST_LINE_BYTES = 200, 4_096
ANSWER_LIMIT_SECONDS = 10.0
PLAYING_LIMIT_SECONDS = 120.0
"""For a message of 25 seconds that has to be fetched first."""
_ANSWERED = re.compile(r"200 result=(-?\d+)")


class CallEnded(Exception):
    """The caller has hung up, or whoever is connected does not speak FastAGI."""


class AgiCall:
    """A call, as long as the connection lasts."""

    def __init__(self, connection: socket.socket) -> None:
        """Read what is told of the call; raises CallEnded where that is not what Asterisk tells."""
        self._connection = connection
        self._connection.settimeout(ANSWER_LIMIT_SECONDS)
        self._lines = connection.makefile("rb")
        self.told: Mapping[str, str] = dict(self._read_told())
        """Such as `agi_language`."""
        if "agi_request" not in self.told:
            raise CallEnded("it tells nothing of a call")

    @property
    def request(self) -> dict[str, str]:
        """Return what the dialplan asks for: of `agi://host/de?wording=2` German and the second; raises CallEnded."""
        try:
            place = urlsplit(self.told["agi_request"])
        except ValueError as error:
            raise CallEnded("what it asks for is no address") from error
        asked = {name: values[-1] for name, values in parse_qs(place.query).items()}
        language = place.path.strip("/")
        return ({"lang": language} if language else {}) | asked

    def set_variable(self, name: str, value: str) -> None:
        """Set a variable of the dialplan; raises CallEnded."""
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        self._command(f'SET VARIABLE {name} "{quoted}"')

    def stream(self, address: str) -> None:
        """Play a sound to its end, or until the caller hangs up; raises CallEnded."""
        self._connection.settimeout(PLAYING_LIMIT_SECONDS)
        self._command(f'STREAM FILE {address} ""')
        self._connection.settimeout(ANSWER_LIMIT_SECONDS)

    def _read_told(self) -> list[tuple[str, str]]:
        told: list[tuple[str, str]] = []
        for _ in range(MOST_LINES):
            line = self._line()
            if not line:
                return told
            name, _, value = line.partition(":")
            told.append((name, value.strip()))
        raise CallEnded("it tells more of a call than there is to tell")

    def _command(self, command: str) -> None:
        try:
            self._connection.sendall(f"{command}\n".encode())
        except OSError as error:
            raise CallEnded("the connection is gone") from error
        answer = self._line()
        found = _ANSWERED.match(answer)
        if not found or found[1] == "-1":
            raise CallEnded(f"the answer is {answer!r}")

    def _line(self) -> str:
        try:
            line = self._lines.readline(LONGEST_LINE_BYTES)
        except OSError as error:
            raise CallEnded("nothing more is told") from error
        if not line.endswith(b"\n"):
            raise CallEnded("a line does not end")
        return line.decode("utf-8", errors="replace").rstrip("\r\n")
