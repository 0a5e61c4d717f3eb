"""A challenge between groups for a season: who takes part by share, so that small groups stand beside big ones. The prize is to be named."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import rows as groups
from gateway.community.voices import challenge_rows, rows
from gateway.community.voices.model import BOARD_SHOWN, CHALLENGE_MOST, FEWEST, ChallengeName, ChallengeShown, NoChallenge
from gateway.members.model import Day
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

SEASON = "season"  # the kind of line on the board


def begin(world: Any, title: str, days: int, by: str) -> bool:
    """One at a time: False while another runs."""
    now = world.now()
    begun = challenge_rows.add(world, alphabet.plain(title.strip())[:CHALLENGE_MOST], now + dt.timedelta(days=days), by)
    if begun:
        rows.write_season(world, now, FEWEST)
    return begun


def count(world: Any) -> int:
    """How groups stand in the one that runs; at its end for the last time. How many lines."""
    running = challenge_rows.newest(world)
    if running is None or running.state != "open":
        return 0
    lines = rows.write_season(world, running.since, FEWEST)
    if running.until <= world.now():
        challenge_rows.end(world)
    return lines


def standing(world: Any, most: int) -> list[tuple[str, int]]:
    """(group, of a hundred who took part), the best first."""
    some = rows.best(world, SEASON, most)
    named = groups.by_ids(world, [ref for ref, _, _ in some])
    return [(named[ref].name, round(100 * took / of)) for ref, took, of in some if ref in named]


# On the phone.


def look_at_challenge(world: Any, caller: str) -> ChallengeShown | NoChallenge:
    found = challenge_rows.newest(world)
    if found is None:
        return NoChallenge()
    return ChallengeShown(ChallengeName(found.title), Day(world.phrases.day(world.organisation.local(found.until), the_member(world, caller).language)))


def season_groups(world: Any, caller: str) -> list[Row]:
    return [Row(name, f"{name}: {share}%") for name, share in standing(world, BOARD_SHOWN)]
