"""A caller: SIP and RTP over loopback (RFC 3261, 3550), with the standard library; it says nothing and records."""

from __future__ import annotations

import re
import secrets
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

FRAME_BYTES, FRAME_SECONDS = 160, 0.02
SILENT_FRAME = b"\xff" * FRAME_BYTES
ANSWER_LIMIT_SECONDS = 10
RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024
REPEATED = ("Via:", "From:", "To:", "Call-ID:", "CSeq:")
"""Lines of a request that stand in its answer, too."""
_HEADER_BYTES = 12
_HOST = "127.0.0.1"


class Call:
    """One call, from the answer to the end."""

    def __init__(self, sip_port: int, extension: str) -> None:
        """Call the extension; raises AssertionError where nobody answers."""
        self._sip, self._rtp = _udp(), _udp()
        self._sip.connect((_HOST, sip_port))
        self._target = f"sip:{extension}@{_HOST}:{sip_port}"
        self._identity = secrets.token_hex(8)
        self._payloads: dict[int, bytes] = {}
        self._ended = threading.Event()
        self._peer = self._invite()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._speak, self._listen, self._obey)]
        for thread in self._threads:
            thread.start()

    @property
    def heard(self) -> bytes:
        """Return what was heard so far, in µ-law, by the numbers of the packets."""
        payloads = dict(self._payloads)
        return b"".join(payloads[number] for number in sorted(payloads))

    def wait_until(self, holds: Callable[[bytes], object], *, seconds: float) -> bytes:
        """Return what was heard as soon as something holds of it, or after so long."""
        deadline = time.monotonic() + seconds
        while not holds(self.heard) and time.monotonic() < deadline and not self._ended.is_set():
            time.sleep(0.05)
        return self.heard

    def wait_for_the_end(self, *, seconds: float) -> bytes:
        """Return all that was heard until the other side hung up."""
        self._ended.wait(seconds)
        return self.heard

    def hang_up(self) -> None:
        """End the call, if it has not ended."""
        if not self._ended.is_set():
            self._send("BYE", 2, self._answered)
        self._ended.set()
        for thread in self._threads:
            thread.join(ANSWER_LIMIT_SECONDS)
        self._sip.close()
        self._rtp.close()

    def _invite(self) -> tuple[str, int]:
        """Return where the other side listens."""
        own = self._rtp.getsockname()[1]
        offer = f"v=0\r\no=- 1 1 IN IP4 {_HOST}\r\ns=-\r\nc=IN IP4 {_HOST}\r\nt=0 0\r\nm=audio {own} RTP/AVP 0\r\n"
        self._send("INVITE", 1, "", body=f"{offer}a=rtpmap:0 PCMU/8000\r\n")
        self._sip.settimeout(ANSWER_LIMIT_SECONDS)
        answer = "SIP/2.0 100"
        while answer.startswith("SIP/2.0 1"):
            answer = self._sip.recv(65_536).decode()
        assert answer.startswith("SIP/2.0 200"), answer.partition("\r\n")[0]
        self._answered = answer
        self._send("ACK", 1, answer)
        address = re.search(r"^c=IN IP4 (\S+)", answer, re.MULTILINE)
        port = re.search(r"^m=audio (\d+)", answer, re.MULTILINE)
        assert address
        assert port
        return address[1], int(port[1])

    def _send(self, method: str, number: int, answered: str, *, body: str = "") -> None:
        found = re.search(r"^To:.*;tag=(\S+)", answered, re.MULTILINE | re.IGNORECASE)
        own = self._sip.getsockname()[1]
        lines = (
            f"{method} {self._target} SIP/2.0",
            f"Via: SIP/2.0/UDP {_HOST}:{own};branch=z9hG4bK{secrets.token_hex(8)}",
            "Max-Forwards: 70",
            f"From: <sip:caller@{_HOST}>;tag={self._identity}",
            f"To: <{self._target}>" + (f";tag={found[1]}" if found else ""),
            f"Call-ID: {self._identity}",
            f"CSeq: {number} {method}",
            f"Contact: <sip:caller@{_HOST}:{own}>",
            *(["Content-Type: application/sdp"] if body else []),
            f"Content-Length: {len(body)}",
        )
        self._sip.send(("\r\n".join(lines) + f"\r\n\r\n{body}").encode())

    def _speak(self) -> None:
        began, number = time.monotonic(), 0
        while not self._ended.is_set():
            header = struct.pack("!BBHII", 0x80, 0, number & 0xFFFF, number * FRAME_BYTES & 0xFFFFFFFF, 1)
            with suppress(OSError):
                self._rtp.sendto(header + SILENT_FRAME, self._peer)
            number += 1
            self._ended.wait(max(0.0, began + number * FRAME_SECONDS - time.monotonic()))

    def _listen(self) -> None:
        self._rtp.settimeout(0.2)
        highest = None
        while not self._ended.is_set():
            with suppress(TimeoutError):
                packet = self._rtp.recv(2_048)
                (number,) = struct.unpack_from("!H", packet, 2)
                if highest is None:
                    highest = number
                # The 16 bits of the number, counted on past their end.
                number = highest + (number - highest + 0x8000) % 0x10000 - 0x8000
                highest = max(highest, number)
                if packet[1] & 0x7F == 0:
                    self._payloads[number] = packet[_HEADER_BYTES:]

    def _obey(self) -> None:
        """Answer what the other side asks: that it hangs up, above all."""
        self._sip.settimeout(0.2)
        while not self._ended.is_set():
            with suppress(TimeoutError):
                asked = self._sip.recv(65_536).decode()
                if not asked.startswith("SIP/2.0"):
                    kept = [line for line in asked.split("\r\n") if line.startswith(REPEATED)]
                    self._sip.send("\r\n".join(["SIP/2.0 200 OK", *kept, "Content-Length: 0", "", ""]).encode())
                if asked.startswith("BYE"):
                    self._ended.set()


@contextmanager
def calling(sip_port: int, extension: str) -> Iterator[Call]:
    """Call, and hang up at the end."""
    call = Call(sip_port, extension)
    try:
        yield call
    finally:
        call.hang_up()


def _udp() -> socket.socket:
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
    udp.bind((_HOST, 0))
    return udp
