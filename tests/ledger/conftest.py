"""The village whose books are looked at."""

from __future__ import annotations

import pytest

from tests.cast import Village


@pytest.fixture
def books(village: Village) -> Village:
    """The cast, and nothing posts but when it is told to."""
    village.everybody()
    village.workers_run_at_once = False
    return village
