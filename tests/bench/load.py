"""A load of calls from one process: many kept connections, one thread, requests built beforehand."""

from __future__ import annotations

import secrets
import selectors
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

CODE = "*384*20417#"


@dataclass(frozen=True)
class Load:
    """What came of it: hops a second, every hop's time in milliseconds, and the same for each hop of the call."""

    rate: float
    times_ms: Sequence[float]
    of_hop: Sequence[Sequence[float]]

    def percentile(self, share: float, hops: Sequence[int] = ()) -> float:
        """Of all hops, or of those at these places in the call."""
        times = sorted(time for hop in hops for time in self.of_hop[hop]) if hops else sorted(self.times_ms)
        return times[min(int(len(times) * share), len(times) - 1)]


class _Line:
    """One connection that makes call after call."""

    def __init__(self, url: str, texts: Sequence[str], number: Callable[[], str]) -> None:
        parts = urlsplit(url)
        self.path, self.host, self.texts, self.number = parts.path, parts.netloc, texts, number
        self.socket = socket.create_connection((parts.hostname, parts.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.hop, self.caller, self.call, self.began, self.heard = 0, "", "", 0.0, b""

    def send(self) -> None:
        if self.hop == 0:
            self.caller, self.call = self.number(), f"ATUid_{secrets.token_hex(16)}"
        form = {"phoneNumber": self.caller, "serviceCode": CODE, "text": self.texts[self.hop], "sessionId": self.call, "networkCode": "99999"}
        body = urlencode(form)
        head = f"POST {self.path} HTTP/1.1\r\nHost: {self.host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        self.began = time.perf_counter()
        self.socket.sendall((head + body).encode())

    def hear(self) -> float | None:
        """The hop's time in ms once the whole answer is there."""
        self.heard += self.socket.recv(65_536)
        head, gap, body = self.heard.partition(b"\r\n\r\n")
        if not gap:
            return None
        length = int(next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")).split(b":")[1])
        if len(body) < length:
            return None
        assert head.startswith(b"HTTP/1.1 200"), head[:80]
        assert body.startswith(b"CON "), body[:80]
        self.heard, self.hop = b"", (self.hop + 1) % len(self.texts)
        return (time.perf_counter() - self.began) * 1000


def calls(url: str, texts: Sequence[str], number: Callable[[], str], *, seconds: float, lines: int = 16) -> Load:
    """Make calls whose hops bring `texts` one after the other, on so many lines, for so long."""
    waiting = selectors.DefaultSelector()
    for _ in range(lines):
        line = _Line(url, texts, number)
        waiting.register(line.socket, selectors.EVENT_READ, line)
        line.send()
    times: list[float] = []
    of_hop: list[list[float]] = [[] for _ in texts]
    began = time.perf_counter()
    while (now := time.perf_counter()) - began < seconds:
        for key, _ in waiting.select(timeout=1):
            took = key.data.hear()
            if took is not None:
                times.append(took)
                of_hop[(key.data.hop - 1) % len(texts)].append(took)
                key.data.send()
    for key in list(waiting.get_map().values()):
        key.data.socket.close()
    return Load(len(times) / (now - began), times, of_hop)
