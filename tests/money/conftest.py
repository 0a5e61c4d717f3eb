"""The village with places where money comes and goes."""

from __future__ import annotations

import pytest

from tests.cast import Village


@pytest.fixture
def place(village: Village) -> Village:
    """Everybody, with Otieno as an agent, a group, a shop, a price for milk."""
    village.everybody()
    village.places()
    return village
