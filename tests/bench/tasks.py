"""How many hops a task takes beside M-PESA's published steps, and what reading the whole book costs."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from menus.book import BOOK
from menus.check.graph import quickest
from tests.bench.figure import Figure

ROUNDS = 5
PROJECT = Path(__file__).parents[2]

# Task -> (where it ends in our book, M-PESA's steps with the opening of its menu, as published). The result itself comes by SMS there.
# Send: menu, Send Money, number, amount, PIN, confirm (elimucentre.com, how to send money on M-PESA).
# Withdraw: menu, Withdraw Cash, agent number, store number, amount, PIN, confirm (standardmedia.co.ke, 2001467784).
# Pay a bill: menu, Lipa na M-PESA, Pay Bill, business number, account number, amount, PIN, confirm (kopacash.com, how to buy a token via M-PESA).
TASKS = {"send": ("send.sent", 6), "withdraw": ("take_out.sent", 7), "pay_a_bill": ("pay_bill.sent", 8)}


def measure(folder: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    """Hops are requests that we answer: each screen that is shown on the quickest way, the last one included."""
    screens = {place: shown for place, (_, shown) in quickest(BOOK, BOOK.front_door).items()}
    for task, (end, theirs) in TASKS.items():
        ours = screens[end] + 1
        yield Figure(f"hops_to_{task}", ours, "hops", "M-PESA's published steps", theirs, ours / theirs)
    dialled = screens["send.sent"] + 1 - 2  # *384*…*2*1# saves the two screens that its digits answer
    yield Figure("hops_to_send_by_dialled_path", dialled, "hops", "M-PESA's published steps", 6, dialled / 6)
    shortcut = screens["agree.sent"] - screens["agree.pin"] + 2  # *384*…*6*2*1#, the shortcut, the PIN
    yield Figure("hops_to_send_by_shortcut", shortcut, "hops", "M-PESA's published steps", 6, shortcut / 6)
    say("pamoja check, and an interpreter that only imports what it needs")
    checking, importing = _seconds(["-m", "gateway", "check"]), _seconds(["-c", "import gateway.checked"])
    yield Figure("check_whole_book_seconds", checking[0], "s", "importing the same modules", importing[0], checking[0] / importing[0])
    yield Figure("check_whole_book_memory", checking[1], "MiB", "importing the same modules", importing[1], checking[1] / importing[1])


def _seconds(arguments: list[str]) -> tuple[float, float]:
    """(median seconds of a process, the most memory that any of them took in MiB)."""
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], cwd=PROJECT, check=True, capture_output=True)
        spent.append(time.perf_counter() - began)
    probe = f"import resource,subprocess,sys; subprocess.run({[sys.executable, *arguments]!r}, capture_output=True, check=True); "
    probe += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    most = int(subprocess.run([sys.executable, "-c", probe], cwd=PROJECT, check=True, capture_output=True, text=True).stdout)
    return statistics.median(spent), most / 1024
