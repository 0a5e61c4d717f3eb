"""What can be done with messages: write one, note what the provider said of it, stop and start them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gateway.records import rows
from gateway.records.model import DAYTIME, Text, after_report, wait_for_daytime
from gateway.store import outbox

UNKNOWN_WAIT_S = 120  # an unknown outcome is left this long for a delivery report, then tried once more
MATCH_S = 3600  # a report without a known id is matched to a message of unknown outcome of the last hour
ONE_MORE_TRY = 2  # attempts of a message whose outcome is unknown; then it waits for a person


@dataclass(frozen=True)
class Accepted:
    """The provider took it, under this id."""

    id: str
    cost: str = ""
    status: str = ""


@dataclass(frozen=True)
class Refused:
    """The provider did not take it. `again` says whether it may take it later."""

    code: str
    again: bool


@dataclass(frozen=True)
class Unknown:
    """Nobody can tell whether it was taken."""

    why: str


@dataclass(frozen=True)
class Unreached:
    """The provider was never reached, so it surely was not taken."""

    why: str


Outcome = Accepted | Refused | Unknown | Unreached


@dataclass(frozen=True)
class NewText:
    """A message to be written. `key` says what it is about, so that it is written once; `about` is a transfer's id or empty.

    What nobody asked for (`service`) goes out within `hours` of its receiver, local time.
    """

    key: str
    number: str
    kind: str
    words: str
    member_id: int | None = None
    about: str = ""
    hours: tuple[int, int] = DAYTIME


def write_text(
    world: Any, *, key: str, number: str, kind: str, words: str, member_id: int | None = None, about: str = "", hours: tuple[int, int] = DAYTIME
) -> None:
    """A message that will go out after the commit. The same key is written once; after STOP only money and answers go."""
    write_texts(world, [NewText(key, number, kind, words, member_id, about, hours)])


def write_texts(world: Any, some: Sequence[NewText]) -> None:
    """Many messages at once."""
    if not some:
        return
    known = rows.known_keys(world, [one.key for one in some])
    unasked: dict[str, list[str]] = {}
    for one in some:
        if one.kind == "service":
            unasked.setdefault(one.about, []).append(one.number)
    stopped = {about: rows.stopped_among(world, numbers, about) for about, numbers in unasked.items()}
    new = {one.key: one for one in some if one.key not in known and not (one.kind == "service" and one.number in stopped[one.about])}
    now, lines = world.now(), []
    due: dict[str, dt.datetime] = {}
    for one in new.values():
        id = world.new_id()
        lines.append((id, world.organisation.id, one.key, one.number, one.member_id, one.kind, one.words, one.about, "waiting", now))
        due[str(id)] = now + wait_for_daytime(world.organisation.local(now), one.hours) if one.kind == "service" else now
    rows.add_texts(world, lines)
    world.outbox.add_many("text", list(due), due)


def begin_sending(world: Any, id: int) -> Text | None:
    """Mark a message as being sent, before the provider is asked. None when there is nothing to send.

    A message found in `sending` was in the hands of a worker that died: nobody can tell whether it went out.
    """
    text = rows.text(world, id)
    if text is None or text.state not in ("waiting", "sending", "unknown"):
        return None
    if text.state == "sending":
        note_outcome(world, text, Unknown("the worker died while sending"))
        return None
    if text.state == "unknown" and text.attempts >= ONE_MORE_TRY:
        return None
    if text.kind == "service" and rows.stopped(world, text.number, text.about):  # they said STOP while it waited for the morning
        rows.change_text(world, id, state="refused", provider_status="stopped")
        world.outbox.done("text", [str(id)])
        return None
    rows.change_text(world, id, state="sending", attempts=text.attempts + 1, sent_at=world.now())
    return text


def note_outcome(world: Any, text: Text, outcome: Outcome) -> None:
    """Write down what the provider said, and close the job or try again."""
    ref = str(text.id)
    job = next(iter(outbox.about(world, "text", ref)), None)
    match outcome:
        case Accepted(id, cost, status):
            rows.change_text(world, text.id, state="accepted", provider_id=id, cost=cost, provider_status=status or None)
            world.outbox.done("text", [ref])
            for early in rows.reports_of(world.write, id):  # it may have overtaken the answer
                note_report(world, text.id, early.status)
        case Refused(code, again):
            rows.change_text(world, text.id, state="waiting" if again else "refused", provider_status=code)
            if again and job:
                world.outbox.again(job, code, text.attempts + 1)
            else:
                world.outbox.done("text", [ref])
        case Unreached(why):
            rows.change_text(world, text.id, state="waiting", provider_status="unreached")
            if job:
                world.outbox.again(job, why, text.attempts + 1)
        case Unknown(why) if report := rows.stray_report(world, text.number, text.sent_at or text.made_at):
            rows.change_text(world, text.id, state="accepted", provider_id=report.provider_id)  # the report came before the answer was lost
            world.outbox.done("text", [ref])
            note_report(world, text.id, report.status)
        case Unknown(why):
            rows.change_text(world, text.id, state="unknown", provider_status="unknown")
            tried = text.attempts + (text.state != "sending")
            if job and tried < ONE_MORE_TRY:
                world.outbox.later(job, why, UNKNOWN_WAIT_S)
            elif job:
                world.outbox.park(job, why)


def note_report(world: Any, text_id: int, status: str, provider_id: str = "") -> None:
    """A delivery report about a message. Reports come twice, out of order and with words we do not know."""
    text = rows.text(world, text_id)
    if text is None or text.state in ("delivered", "failed"):
        return
    kept, state = after_report(text.provider_status if text.state != "unknown" else None, status)
    values: dict[str, Any] = {"provider_status": kept}
    if text.state == "unknown":  # whatever it says, the provider has it
        values |= {"state": "accepted", "provider_id": provider_id or text.provider_id}
        world.outbox.done("text", [str(text_id)])
    if state:
        values |= {"state": state, "done_at": world.now()}
        world.outbox.done("text", [str(text_id)])
    rows.change_text(world, text_id, **values)


def whose_report(world: Any, provider_id: str, number: str) -> tuple[int, int] | None:
    """(text id, organisation id) that a report is about: by its id, else the one message of unknown outcome to that number."""
    if owner := rows.owner_of_text(world.read, provider_id):
        return owner
    unknown = rows.unknown_texts_to(world.read, number, world.now() - dt.timedelta(seconds=MATCH_S))
    return unknown[0] if len(unknown) == 1 else None
