"""Starts everything, says what it does, watches over it, and stops it cleanly."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from gateway.settings import SAVED, Settings, Wrong
from gateway.site import Site
from gateway.store.engine import OperationalError
from gateway.store.migrate import upgrade
from gateway.up.demo import seed
from gateway.up.embedded import EmbeddedRedis, NoServer

PROJECT = Path(__file__).parent.parent.parent
READY_S = 30.0  # how long the web service may take to answer
STOP_S = 10.0  # how long a process may take to stop
DEATHS_MOST = 5  # times a process is started again before we give up


@dataclass
class Child:
    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0


class Leave(BaseException):
    """Somebody wants us to stop: Ctrl-C, a polite kill, or the terminal was closed."""


def up() -> None:
    """Run the product until Ctrl-C. Raises click.ClickException with one clear sentence when it cannot."""
    children: list[Child] = []
    server: EmbeddedRedis | None = None
    try:
        sys.unraisablehook = _dropped
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, _leave)
        port = _port()
        home = Path(os.environ.get("PAMOJA_HOME") or ".pamoja").absolute()
        first = not (home / SAVED).exists()
        with _step("Data folder " + _short(home)):
            _hold_home(home)
            _refuse_taken(port)
            server = EmbeddedRedis(home / "redis")
            settings = _settings(home, port, server.url)
        with _step("Embedded Redis (Valkey)"):
            server.start()
        password = _prepare(settings)
        children = _children(settings)
        with _step("Africa's Talking (a fake), web, worker, clock"):
            for child in children:
                _start(child, settings)
            _wait_ready(settings, children)
        _greet(settings, password, first)
        _watch(children, settings)
    except Leave:
        click.echo("")
    except NoServer as error:
        raise click.ClickException(str(error)) from error
    except Exception:
        if not _asked:
            raise
        click.echo("")  # it broke because it was stopped in the middle: what cleans up after a table that was being rebuilt finds it gone
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)  # one is enough: now everybody is stopped
        _stop(children)
        if server:
            server.stop()
        click.echo("Stopped.")


def _leave(*_: object) -> None:
    _asked.append(True)
    raise Leave


def _go_on() -> None:
    """Python drops what is raised while it lets go of an object (in an import, most often): so what was asked is remembered too."""
    if _asked:
        raise Leave


def _dropped(what: sys.UnraisableHookArgs) -> None:
    """What Python drops it reports with a traceback; a stop that was asked for is remembered, and no fault to report."""
    if what.exc_type is not Leave:
        sys.__unraisablehook__(what)


_asked: list[bool] = []


def _prepare(settings: Settings) -> str | None:
    """The database and the demo in it. The operator's password when it is new."""
    (settings.home / "logs").mkdir(exist_ok=True)
    try:
        site = Site(settings)
        with _step(f"Database ({'SQLite' if settings.database_url.startswith('sqlite') else 'PostgreSQL'})"):
            upgrade(site.engine)
        with _step("Demo co-operative"):
            password = seed(site)
        site.close()
    except OperationalError as error:
        raise click.ClickException(f"The database of PAMOJA_DATABASE_URL cannot be used: {str(error.orig).strip().splitlines()[0]}") from error
    return password


def _hold_home(home: Path) -> None:
    """This data folder is ours while we run."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (home / "lock").open("w")
    except OSError as error:
        raise click.ClickException(f"PAMOJA_HOME is {home}, and that cannot be a data folder: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise click.ClickException(f"The data folder {_short(home)} is in use by another `make run`. Choose another: PAMOJA_HOME=…") from error
    _held.append(lock)


_held: list[Any] = []  # open as long as we run; the system lets go of it when we end, however we end


def _port() -> int:
    value = os.environ.get("PAMOJA_PORT") or "8080"
    if not value.isdigit() or not 1 <= int(value) <= 65_000:
        raise click.ClickException(f"PAMOJA_PORT is {value!r}; it must be a number from 1 to 65000.")
    return int(value)


def _refuse_taken(port: int) -> None:
    host = os.environ.get("PAMOJA_HOST") or "127.0.0.1"
    for address, one in ((host, port), ("127.0.0.1", port + 2)):
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, one))
            except socket.gaierror as error:
                raise click.ClickException(f"PAMOJA_HOST is {address!r}, which is no address of this machine.") from error
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    raise click.ClickException(f"Port {one} is taken. Choose another: PAMOJA_PORT={port + 10} make run") from error
                raise click.ClickException(f"The web service cannot listen on {address}:{one}: {error.strerror}.") from error


def _settings(home: Path, port: int, redis_url: str) -> Settings:
    """The settings of this demo: made once, kept in the data folder, with today's ports."""
    file = home / SAVED
    known = json.loads(file.read_text()) if file.exists() else {}
    made = {
        "PAMOJA_MODE": "demo",
        "PAMOJA_SECRET_KEY": secrets.token_hex(32),
        "PAMOJA_PIN_PEPPERS": f"p1:{secrets.token_hex(32)}",
        "PAMOJA_WEBHOOK_TOKENS": secrets.token_urlsafe(32),
        "PAMOJA_AT_USERNAME": "sandbox",
        "PAMOJA_AT_API_KEY": f"atsk_{secrets.token_hex(32)}",
        "PAMOJA_DATABASE_URL": f"sqlite:///{home / 'pamoja.db'}",
    }
    today = {"PAMOJA_PORT": str(port), "PAMOJA_REDIS_URL": redis_url, "PAMOJA_AT_URL": f"http://127.0.0.1:{port + 2}"}
    file.touch(mode=0o600, exist_ok=True)
    file.write_text(json.dumps({**made, **known, **today}, indent=2))
    try:
        return Settings.from_env({**os.environ, "PAMOJA_HOME": str(home)})
    except Wrong as wrong:
        raise click.ClickException("The settings cannot be used:\n" + "\n".join(f"  - {one}" for one in wrong.problems)) from wrong


def _children(settings: Settings) -> list[Child]:
    python = sys.executable
    return [
        Child("far side", [python, "-m", "gateway", "far-side", "--port", str(settings.port + 2)]),
        Child("worker", [python, "-m", "workers", "worker", "--only", "post"]),
        Child("texter", [python, "-m", "workers", "worker", "--only", "text"]),
        Child("clock", [python, "-m", "workers", "clock"]),
        Child("web", [python, "-m", "gateway", "web"]),
    ]


def _start(child: Child, settings: Settings) -> None:
    log = (settings.home / "logs" / f"{child.name.replace(' ', '-')}.log").open("ab")
    environ = {**os.environ, "PAMOJA_HOME": str(settings.home), "PYTHONPATH": str(PROJECT)}
    child.process = subprocess.Popen(child.command, stdout=log, stderr=log, cwd=PROJECT, env=environ, start_new_session=True)
    log.close()


def _wait_ready(settings: Settings, children: list[Child]) -> None:
    end = time.monotonic() + READY_S
    while True:
        try:
            with urllib.request.urlopen(f"http://{settings.host}:{settings.port}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError) as error:
            dead = [child.name for child in children if child.process and child.process.poll() is not None]
            if dead or time.monotonic() > end:
                who = dead[0] if dead else "web"
                said = (settings.home / "logs" / f"{who.replace(' ', '-')}.log").read_text(errors="replace").strip().splitlines()[-1:]
                raise click.ClickException(f"The {who} did not start: {''.join(said) or error} (more in {_short(settings.home)}/logs)") from error
            time.sleep(0.05)


def _greet(settings: Settings, password: str | None, first: bool) -> None:
    url = settings.public_url
    click.echo("")
    pamoja = _short(Path(sys.prefix) / "bin" / "pamoja")
    if settings.home != Path(".pamoja").absolute():
        pamoja = f"PAMOJA_HOME={_short(settings.home)} {pamoja}"
    click.echo(f"  A phone          {url}/phone   (or in the terminal: {pamoja} phone +254711000001)")
    click.echo(f"  The console      {url}/console")
    click.echo(f"  What is inside   {pamoja} demo   (members, PINs, the console's logins with their codes)")
    click.echo("  How it works     README.md")
    if password:
        click.echo("")
        click.echo(f"  Console login    grace / {password}   shown once; its code of this moment: {pamoja} demo")
    click.echo("")
    click.echo("Ctrl-C stops everything." + (" Next time it starts in a few seconds." if first else ""))


def _watch(children: list[Child], settings: Settings) -> None:
    """Until somebody wants us to stop; a process that dies is started again."""
    while True:
        _go_on()
        for child in children:
            if child.process and child.process.poll() is not None:
                child.deaths += 1
                if child.deaths > DEATHS_MOST:
                    raise click.ClickException(f"The {child.name} dies again and again; see {_short(settings.home)}/logs.")
                click.echo(f"The {child.name} ended unasked and is started again.")
                _start(child, settings)
        time.sleep(0.1)


def _stop(children: list[Child]) -> None:
    """Ask everybody to stop, the web first, each with all it has started; who does not hear in time is ended."""
    for child in reversed(children):
        _signal(child, signal.SIGTERM)
    end = time.monotonic() + STOP_S
    for child in reversed(children):
        if child.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(timeout=max(end - time.monotonic(), 0.1))
            _signal(child, signal.SIGKILL)
            child.process.wait()


def _signal(child: Child, sign: int) -> None:
    """To a process and its own: each child leads a group."""
    if child.process:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.process.pid, sign)


@contextmanager
def _step(what: str) -> Iterator[None]:
    click.echo(f"{what} ... ", nl=False)
    began = time.monotonic()
    try:
        yield
        _go_on()
    except BaseException:
        click.echo("failed")
        raise
    click.echo(f"done ({time.monotonic() - began:.1f} s)")


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
