"""A vote of a group is asked by SMS, for a bare number to answer it."""

from __future__ import annotations

from typing import Any

from gateway.community import rows as questions
from gateway.community.groups.ballot_rows import GroupVote
from gateway.community.groups.leading import about, texts_left, to_tell
from gateway.community.groups.model import Group
from gateway.community.groups.results import NONE_OF_THESE, question_of, result
from gateway.community.groups.ways import codes_to
from gateway.community.questions import ask_by_text
from gateway.members.model import Member
from gateway.records.verbs import NewText, write_text, write_texts
from menus.book import notices

BALLOT = "ballot"  # the kind of the question


def ask_all(world: Any, group: Group, vote: GroupVote, receivers: list[Member]) -> None:
    """Ask these members, each once. Who shares a phone is asked to dial, for an SMS does not say who of them wrote it; so
    are all where one of the group is chosen, from the list of its members."""
    codes = codes_to(world, [one.id for one in receivers], group, "4")
    for one in receivers:
        told = {"place": group.name, "words": vote.question, "day": world.phrases.day(world.organisation.local(vote.ends_at), one.language)}
        key = f"vote:{vote.id}:{one.id}"
        if one.shared or vote.kind == "person":
            said = world.phrases.say(notices.GROUP_VOTE_DIAL, one.language, code=codes[one.id], **told)
            write_text(world, key=key, number=one.number, kind="service", words=said, member_id=one.id, about=about(group), hours=one.hours)
            continue
        notice = notices.GROUP_VOTE
        if vote.answers:
            numbered = [*vote.answers.values(), world.phrases.text(NONE_OF_THESE, one.language)]
            notice, told["numbered"] = notices.GROUP_VOTE_CHOICES, " ".join(f"{n} {words}" for n, words in enumerate(numbered, 1))
        ask_by_text(world, one, BALLOT, str(vote.id), notice, key=key, title=group.name, about=about(group), **told)


def tell_result(world: Any, group: Group, vote: GroupVote) -> int:
    """Who was asked by SMS hears by SMS what came of it, as far as the group's month reaches; the notice in the menu is for all. How many hear."""
    if not questions.was_asked(world, BALLOT, str(vote.id)):
        return 0
    told = to_tell(world, group, but=0)[: texts_left(world, group)]
    write_texts(world, [
        NewText(
            f"vote-result:{vote.id}:{one.id}", one.number, "service",
            world.phrases.say(
                notices.VOTE_RESULT, one.language, place=group.name, words=question_of(world, vote, one.language), said=result(world, vote, one.language)
            ),
            one.id, about(group), one.hours,
        )
        for one in told
    ])  # fmt: skip
    return len(told)
