"""Whether this process was forked off: a child does not speak on its parent's lines."""

from __future__ import annotations

import os

_forked = 0


def _in_child() -> None:
    global _forked
    _forked += 1


os.register_at_fork(after_in_child=_in_child)


def times_forked() -> int:
    """How often, from the first process on."""
    return _forked
