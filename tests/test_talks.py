"""Every talk goes as it is written. RECORD=1 writes them again; then read the diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cast import Village
from tests.phone import play

TALKS = sorted((Path(__file__).parent / "talks").glob("*.talk"))


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.stem)
def test_talk(talk: Path, sqlite_village: Village) -> None:
    written, went = play(talk, sqlite_village)

    if os.environ.get("RECORD"):
        talk.write_text(went)
    else:
        assert went == written


def test_a_talk_goes_the_same_on_postgresql(postgres_url: str, redis_url: str, far_side, tmp_path: Path) -> None:
    from tests.conftest import _village

    for village in _village(postgres_url, redis_url, far_side, tmp_path):
        written, went = play(Path(__file__).parent / "talks" / "send.talk", village)

        assert went == written


def test_the_readme_quotes_a_talk_that_is_played() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text()
    quoted = readme.split("```talk\n")[1].split("```")[0]

    assert quoted.strip() in (Path(__file__).parent / "talks" / "send.talk").read_text()
