"""Makes the environment from a lock file: `environment.py LOCK STAMP`. Standard library only, for a machine with only Python 3.11.

A stamp with the lock's hash makes the second start cost nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
NO_VENV = (
    "This Python cannot make an environment: its parts `venv` and `pip` are missing.\n"
    "Debian and Ubuntu keep them in a package of their own: apt install python3-venv (or python3.11-venv)."
)


def main(lock: str, stamp: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(f"Pamoja needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable}).")
    wanted = hashlib.sha256((PROJECT / lock).read_bytes() + (PROJECT / "pyproject.toml").read_bytes()).hexdigest()
    mark = VENV / stamp
    if mark.exists() and mark.read_text() == wanted:
        mark.touch()
        return
    if not PYTHON.exists():
        step("Environment", make_environment)
    step(f"Packages of {lock} (half a minute the first time)", lambda: install(lock))
    mark.write_text(wanted)


def make_environment() -> None:
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)  # Debian without python3-venv: perhaps pip is there all the same
    has_pip = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    bare = subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], capture_output=True, text=True, check=False)
    if bare.returncode or not has_pip:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("failed\n" + NO_VENV)


def pip(*arguments: str) -> None:
    inside = subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    command = [str(PYTHON), "-m", "pip"] if inside else [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    environ = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, env=environ, cwd=PROJECT, check=False)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-3:]
        sys.exit("failed\nThe packages could not be installed (is there a network?):\n  " + "\n  ".join(last))


def install(lock: str) -> None:
    pip("install", "--quiet", "--require-hashes", "-r", lock)
    pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--editable", ".")


def step(what: str, work: object) -> None:
    print(f"{what} ... ", end="", flush=True)  # noqa: T201
    began = time.monotonic()
    work()  # type: ignore[operator]
    print(f"done ({time.monotonic() - began:.0f} s)", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
