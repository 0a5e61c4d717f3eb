"""The benchmark of the community runs, at a small size: figures that nobody can measure any more are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import community


def test_lists_searches_and_the_digest_can_be_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(community, "READERS", 200)
    monkeypatch.setattr(community, "ROUNDS", 2)
    site, organisation = community._site(tmp_path / "site", f"sqlite:///{tmp_path / 'community.db'}")
    try:
        community._fill(site, organisation, 50)
        community._fill(site, organisation, 80)  # what is there already stays
        assert {name for name, *_ in community._timed(site, organisation)} == set(community.NAMES)
        assert community._digest(site, organisation, "sqlite", lambda said: None).value > 0
    finally:
        site.close()
