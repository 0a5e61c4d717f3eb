"""Starts everything, says what it does, watches over it, and stops it cleanly."""

from __future__ import annotations

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

import click

from gateway.settings import SAVED, Settings, Wrong
from gateway.site import Site
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


def up() -> None:
    """Run the product until Ctrl-C. Raises click.ClickException with one clear sentence when it cannot."""
    port = _port()
    _refuse_taken(port)
    home = Path(os.environ.get("PAMOJA_HOME") or ".pamoja").absolute()
    first = not (home / SAVED).exists()
    with _step("Data folder " + _short(home)):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        server = EmbeddedRedis(home / "redis")
        settings = _settings(home, port, server.url)
    (settings.home / "logs").mkdir(exist_ok=True)
    with _step("Embedded Redis (Valkey)"):
        try:
            server.start()
        except NoServer as error:
            raise click.ClickException(str(error)) from error
    children: list[Child] = []
    try:
        site = Site(settings)
        with _step("Database (SQLite)"):
            upgrade(site.engine)
        with _step("Demo co-operative"):
            password = seed(site)
        site.close()
        children = _children(settings)
        with _step("Africa's Talking (a fake), web, worker, clock"):
            for child in children:
                _start(child, settings)
            _wait_ready(settings, children)
        _greet(settings, password, first)
        _watch(children, settings)
    finally:
        _stop(children)
        server.stop()
        click.echo("Stopped.")


def _port() -> int:
    value = os.environ.get("PAMOJA_PORT") or "8080"
    if not value.isdigit() or not 1 <= int(value) <= 65_000:
        raise click.ClickException(f"PAMOJA_PORT is {value!r}; it must be a number from 1 to 65000.")
    return int(value)


def _refuse_taken(port: int) -> None:
    for one in (port, port + 2):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", one))
            except OSError as error:
                raise click.ClickException(f"Port {one} is taken. Choose another: PAMOJA_PORT={port + 10} make run") from error


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
                raise click.ClickException(f"The {who} did not start: {''.join(said) or error}") from error
            time.sleep(0.05)


def _greet(settings: Settings, password: str | None, first: bool) -> None:
    url = settings.public_url
    click.echo("")
    click.echo(f"  A phone          {url}/phone      (or: pamoja phone +254711000001)")
    click.echo(f"  The console      {url}/console")
    click.echo("  What is inside   pamoja demo        (members, PINs, the console's login with its code)")
    click.echo("  How it works     README.md")
    if password:
        click.echo("")
        click.echo(f"  Console login    grace / {password}   shown once; its code of this moment: pamoja demo")
    click.echo("")
    click.echo("Ctrl-C stops everything." + (" Next time it starts in a few seconds." if first else ""))


def _watch(children: list[Child], settings: Settings) -> None:
    """Until a signal comes; a process that dies is started again."""
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, stop)
    while not stopping:
        for child in children:
            if child.process and child.process.poll() is not None and not stopping:
                child.deaths += 1
                if child.deaths > DEATHS_MOST:
                    raise click.ClickException(f"The {child.name} dies again and again; see {_short(settings.home)}/logs.")
                click.echo(f"The {child.name} ended unasked and is started again.")
                _start(child, settings)
        time.sleep(0.1)


def _stop(children: list[Child]) -> None:
    """Ask everybody to stop, the web first; who does not hear in time is ended."""
    for child in reversed(children):
        if child.process and child.process.poll() is None:
            child.process.terminate()
    end = time.monotonic() + STOP_S
    for child in reversed(children):
        if child.process:
            try:
                child.process.wait(timeout=max(end - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()


@contextmanager
def _step(what: str) -> Iterator[None]:
    click.echo(f"{what} ... ", nl=False)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        click.echo("failed")
        raise
    click.echo(f"done ({time.monotonic() - began:.1f} s)")


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
