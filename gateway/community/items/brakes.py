"""What keeps misuse small: words that wait, bursts of votes, and a switch for each way of reaching many."""

from __future__ import annotations

import datetime as dt
import statistics
from typing import Any

from gateway.community.items import brake_rows, ranking, rows, voice_rows
from gateway.community.items.likeness import stems
from gateway.community.items.model import INCIDENT, Item, SwitchWhy
from gateway.community.model import SMS_KEYS
from gateway.members.model import Member
from gateway.records.verbs import write_text
from menus import alphabet
from menus.book import notices

USUAL_DAYS = 7  # of which the usual number of votes in an hour is known
# Everything that reaches many, and what it is called. Each can be switched off in the console, with a reason that members hear.
SWITCHES = {
    "ideas": "New ideas", "votes": "Votes", "comments": "Comments", "questions": "Questions to helpers", "news": "Village news", "tips": "Tips",
    "group_sms": "SMS of groups", "voice_sms": "SMS about ideas", "digest": "The weekly digest", "needs": "Needs with reward",
    "friends": "Telling a friend", "powers": "Powers of helpers", "thanks": "Thanks by SMS",
    "tools": "Lending tools", "outings": "SMS of rides and work turns", "following": "Asking to follow", "keepers": "SMS to keepers of topics",
    "assisted": "Dialing for others", "courses": "Tips day by day",
}  # fmt: skip

TOLD_WHY = "told why it waits"  # under this a turn by SMS remembers that it has its reply
BECAUSE = "why it rests"  # under this a turn remembers the reason, to be said on its screen


def rests(world: Any, name: str) -> bool:
    """Whether this has been switched off. The reason is remembered for the screen that says so."""
    found = voice_rows.switch(world, name)
    if found is None or not found.off:
        return False
    world.seen[BECAUSE] = found.why
    return True


def held_word(world: Any, words: str) -> str:
    """The word of the list that is in it, or nothing. Compared by stems, so that an ending does not hide it."""
    listed = voice_rows.held_words_here(world)
    if not listed:
        return ""
    said = set(stems(words)) | set(words.lower().split())
    return next((word for word in listed if word in said or (stems(word) and stems(word)[0] in said)), "")


def tell_held(world: Any, member: Member, number: str, word: str, key: str = "") -> None:
    """Whoever wrote a word of the list hears which it is and why it waits: nothing is held in silence. To what came by SMS that is the reply, and the one."""
    if not word:
        return
    why = voice_rows.held_words_here(world).get(word, "")
    said = world.phrases.say(notices.HELD_BECAUSE, member.language, number=number, word=word, why=alphabet.plain(why))
    told = f"held:{number}:{world.new_id()}"
    if key.startswith(SMS_KEYS):
        write_text(world, key=told, number=member.number, kind="reply", words=said, member_id=member.id)
        world.seen[TOLD_WHY] = True
    else:
        write_text(world, key=told, number=member.number, kind="service", words=said, member_id=member.id, about="report", hours=member.hours)


def watch(world: Any, item: Item) -> None:
    """Brake an item on which more votes fall in an hour than is usual here, most of them from one side. They are kept, and a person looks."""
    now = world.now()
    if item.braked_at is not None or item.topic == INCIDENT:  # of what is broken all speak in one hour
        return
    cast = brake_rows.hour_of_votes(world, rows.cluster(world, item.id), now - dt.timedelta(hours=1))
    if len(cast) < ranking.BURST_LEAST:
        return
    groups: dict[int | None, int] = {}
    for group_id, _, _ in cast:
        groups[group_id] = groups.get(group_id, 0) + 1
    one_sided = max([*(count for group, count in groups.items() if group is not None), sum(counts_from > at for _, counts_from, at in cast)])
    if one_sided <= ranking.ONE_SIDED * len(cast):  # before the look at all the votes of weeks
        return
    usual = brake_rows.busy_hours(world, now - dt.timedelta(days=USUAL_DAYS)) or [0]
    quiet = [count for count in usual if count != len(cast)] or [0]
    if ranking.burst(len(cast), statistics.fmean(quiet), statistics.pstdev(quiet), one_sided):
        rows.change(world, item.id, braked_at=now)
        voice_rows.add_change(world, item.id, item.state, item.state, "the brake", f"{len(cast)} votes in an hour")


def release(world: Any, item: Item) -> None:
    """A person has looked, and the votes are people's: all of them count."""
    rows.change(world, item.id, braked_at=None)


# A fact.


def rests_because(world: Any, caller: str) -> SwitchWhy:
    """Why that rests which was just asked for, in the words of whoever switched it off."""
    return SwitchWhy(alphabet.plain(world.seen.get(BECAUSE, "")).strip(" .") or "-")
