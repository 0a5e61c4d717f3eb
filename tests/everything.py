"""`make test`: lint, types, the menus' check, then the suite. Says what it does, and fails when one of them does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).parent.parent
STEPS = (
    ("Lint", [sys.executable, "-m", "ruff", "check", "."]),
    ("Format", [sys.executable, "-m", "ruff", "format", "--check", "."]),
    ("Types", [sys.executable, "-m", "mypy"]),
    ("Menus", [sys.executable, "-m", "gateway", "check"]),
    ("Tests", [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", *sys.argv[1:]]),
)


# What is compiled once is not compiled again by each of the services that the tests start, also where Python is told to keep nothing.
ENVIRON = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": str(Path(sys.prefix) / "compiled")}


def main() -> int:
    for name, command in STEPS:
        print(f"{name} ...", flush=True)  # noqa: T201
        began = time.monotonic()
        code = subprocess.run(command, cwd=PROJECT, env=ENVIRON, check=False).returncode
        if code:
            print(f"{name} failed.", flush=True)  # noqa: T201
            return code
        print(f"{name} done ({time.monotonic() - began:.0f} s)", flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
