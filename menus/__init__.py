"""What is said: menus as values, the engine that speaks them, and the check that reads them first."""

from pathlib import Path

DIGITS = Path(__file__).parent / "digits.txt"


def digits_ledger() -> str:
    """What every key has led to, since when: see `menus/check/digits.py`."""
    return DIGITS.read_text() if DIGITS.exists() else ""
