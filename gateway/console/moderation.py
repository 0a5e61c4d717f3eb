"""What waits for a person: held words, reports, brakes; the list of words, and a switch for each way of reaching many."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from gateway.community import facts, let_in, let_in_rows, recognition
from gateway.community.helping import verbs as helping
from gateway.community.items import brakes, problems, rows, same, same_rows, telling, voice_rows
from gateway.community.items.model import Item
from gateway.community.items.states import CannotGo
from gateway.community.items.verbs import last_holds, recount
from gateway.community.voices import one_person, pair_rows
from gateway.console.fields import FlaskForm, required, select, whole
from gateway.console.guard import item_or_404, needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.members import rows as members
from gateway.members.log import hidden
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit

SHOWN = 100
HELD = (("Number", "ref"), ("Words", "words"), ("From", ""), ("Why", ""), ("Members say", ""), ("", ""))
SAYINGS = (("On", "ref"), ("Words", "words"), ("From", ""), ("", ""))
REPORTS = (("Number", "ref"), ("Words", "words"), ("Reported by", "number"), ("Why", ""), ("", ""))
BRAKED = (("Number", "ref"), ("Words", "words"), ("Since", ""), ("", ""))
PAIRS = (("Name", ""), ("Phone", ""), ("And phone", ""), ("Voted alike in minutes", "number"))
RINGS = (("Thanks", ""), ("Whom", ""), ("Times", "number"), ("And back", "number"))
SAMES = (("This", "words"), ("And this", "words"), ("Say so", "number"), ("", ""))
WORDS = (("Word", ""), ("Why", "words"), ("", ""))
SWITCHES = (("What", ""), ("State", ""), ("Why", "words"), ("By", ""), ("", ""))
DECLINED = "It breaks our rules. See them: dial 5, 98, 5."


class WordForm(FlaskForm):  # type: ignore[misc]
    word = required("Word", 30)
    why = required("Why it waits, as the author may read it", 60)


class SwitchForm(FlaskForm):  # type: ignore[misc]
    name = select("What", *(f"{name}|{label}" for name, label in brakes.SWITCHES.items()))
    why = required("Why, as members read it", 50)


class BudgetForm(FlaskForm):  # type: ignore[misc]
    most = IntegerField("SMS about ideas in a month", [InputRequired(), NumberRange(0, 10_000_000)])


def hang_into(console: Blueprint, site: Site) -> None:
    _hang_page(console, site)
    _hang_deeds(console, site)
    _hang_judging(console, site)
    _hang_switches(console, site)


def _hang_page(console: Blueprint, site: Site) -> None:
    @console.get("/moderation")
    @needs("feedback:read")
    def moderation() -> str:
        may = g.signed_in.operator.may("feedback:write")
        with world_of(site) as world:
            tables = [
                _held(world, may),
                _sayings(world, may),
                _reported(world, may),
                _braked(world, may),
                _same(world, may),
                _rings(world, may),
                *_one_person(world, may),
                _words(world, may),
                _switches(world, may),
            ]
            budget = BudgetForm(formdata=None, most=telling.texts_a_month(world))
        silent = "Nothing is hidden in silence: the author is told."
        asks = [
            Ask("A word that waits", WordForm(formdata=None), url_for("console.hold_word"), "Put it on the list", silent),
            Ask(
                "Switch off",
                SwitchForm(formdata=None),
                url_for("console.switch_off"),
                "Switch it off",
                "Who tries it reads your reason.",
            ),
            Ask("SMS about ideas", budget, url_for("console.voice_budget"), "Set it", "What does not reach is found under 9 and in the digest."),
        ]
        words = "Nobody is shut out by a machine: whatever waits here waits for you."
        return show("Moderation", words=words, tables=tables, asks=asks if may else [])


def _hang_deeds(console: Blueprint, site: Site) -> None:
    @console.post("/moderation/pairs")
    @needs("feedback:write")
    def settle_pair() -> Any:
        """A person says whether two accounts are one person's: then their votes count as one, and both are told."""
        there, by, what = url_for("console.moderation"), g.signed_in.operator.login, request.form.get("what", "")
        first, second = whole(request.form.get("first", "")), whole(request.form.get("second", ""))
        with world_of(site) as world:
            known = members.by_ids(world, [id for id in (first, second) if id])
            if not first or not second or first == second or {first, second} != set(known) or what not in ("one", "two"):
                return said("That has changed meanwhile.", there, wrong=True)
            offered = {(one.first_id, one.second_id) for one in one_person.perhaps_one(world)}
            joined = {(with_, id) for id, with_ in pair_rows.joined_here(world)}
            if (first, second) not in (offered if what == "one" else offered | joined):
                return said("That has changed meanwhile.", there, wrong=True)
            fell = one_person.make_one(world, known[first], known[second]) if what == "one" else 0
            if what == "two":
                one_person.make_two(world, first, second, by)
            audit.note(world, by, f"accounts_are_{what}", f"{known[first].code} and {known[second].code}", votes_dropped=fell)
        return said(f"Counted as one voice, {fell} votes fell away, and both are told." if what == "one" else "Each has a voice of their own.", there)

    @console.post("/moderation/rings")
    @needs("feedback:write")
    def break_ring() -> Any:
        """The points of two who thank each other for them go back; their thanks and their standing stay."""
        there, by = url_for("console.moderation"), g.signed_in.operator.login
        giver, helper = whole(request.form.get("giver", "")), whole(request.form.get("helper", ""))
        with world_of(site) as world:
            known = members.by_ids(world, [id for id in (giver, helper) if id])
            if giver not in known or helper not in known or not any({giver, helper} == {one, other} for one, other, _, _ in recognition.rings_here(world)):
                return said("That has changed meanwhile.", there, wrong=True)
            back = recognition.take_points_back(world, known[giver], known[helper], by)
            audit.note(world, by, "points_taken_back", f"{known[giver].code} and {known[helper].code}", points=back)
        return said(f"{back} points went back, and both are told." if back else "Nothing is there that could go back.", there)


def _hang_judging(console: Blueprint, site: Site) -> None:
    @console.post("/moderation/items/<number>")
    @needs("feedback:write")
    def judge_item(number: str) -> Any:
        """Let an item through, or decline it, answer its reports, take its brake off or keep it."""
        there, what, by = url_for("console.moderation"), request.form.get("what", ""), g.signed_in.operator.login
        with world_of(site) as world:
            found = item_or_404(world, number)
            try:
                _judge(world, found, what, by)
            except CannotGo as why:
                return said(f"Not done: {why}.", there, wrong=True)
            audit.note(world, by, "judged", f"item {number}", what=what)
        return said(f"{number}: done.", there)

    @console.post("/moderation/same")
    @needs("feedback:write")
    def judge_same() -> Any:
        there, by, what = url_for("console.moderation"), g.signed_in.operator.login, request.form.get("what", "")
        with world_of(site) as world:
            item, twin = (rows.by_number(world, request.form.get(name, "")) for name in ("item", "twin"))
            if item is None or twin is None:
                return said("That has changed meanwhile.", there, wrong=True)
            try:
                done = same.judge(world, item, twin, by, one=what == "one")
            except CannotGo as why:
                return said(f"Not done: {why}.", there, wrong=True)
            audit.note(world, by, "judged_same", f"items {item.number} and {twin.number}", what=what)
        return said("Joined, and told to whoever they are of." if done else "They stay two.", there)

    @console.post("/moderation/comments/<int:id>")
    @needs("feedback:write")
    def judge_comment(id: int) -> Any:
        number, state = request.form.get("item", ""), request.form.get("state", "")
        there = url_for("console.item", number=number) if number.isdigit() else url_for("console.moderation")
        with world_of(site) as world:
            one = voice_rows.comment(world, id)
            if one is None or state not in ("open", "hidden"):
                return said("That has changed meanwhile.", there, wrong=True)
            helping.judge_comment(world, one, state)
            audit.note(world, g.signed_in.operator.login, "comment_judged", f"comment {id}", after=state)
        return said("Done.", there)


def _judge(world: Any, found: Item, what: str, by: str) -> None:
    match what:
        case "through":
            let_in.let_through(world, found, by)
        case "decline":
            problems.refuse(world, found, by, DECLINED)
        case "answered":
            telling.settle_reports(world, found.id, hidden=False)
        case "release":
            brakes.release(world, found)
            recount(world, rows.lock(world, found.root_id))
            voice_rows.add_change(world, found.id, found.state, found.state, by, "the votes count")
        case _:
            raise CannotGo("nobody knows that")


def _hang_switches(console: Blueprint, site: Site) -> None:
    there = "/console/moderation"

    @console.post("/moderation/words")
    @needs("feedback:write")
    def hold_word() -> Any:
        form = WordForm()
        with world_of(site) as world:
            if not form.validate_on_submit():
                return said("A word and a reason are needed.", there, wrong=True)
            word = form.word.data.strip().lower()
            voice_rows.hold_word(world, word, form.why.data.strip(), g.signed_in.operator.login)
            audit.note(world, g.signed_in.operator.login, "word_held", f"word {word}")
        return said(f"What holds “{word}” waits for a person from now on.", there)

    @console.post("/moderation/words/free")
    @needs("feedback:write")
    def free_word() -> Any:
        word = request.form.get("word", "")
        with world_of(site) as world:
            voice_rows.free_word(world, word)
            audit.note(world, g.signed_in.operator.login, "word_freed", f"word {word[:30]}")
        return said("It is off the list.", there)

    @console.post("/moderation/switches")
    @needs("feedback:write")
    def switch_off() -> Any:
        form = SwitchForm()
        if not form.validate_on_submit():
            return said("A reason is needed.", there, wrong=True)
        return _turn(form.name.data, off=True, why=form.why.data)

    @console.post("/moderation/switches/on")
    @needs("feedback:write")
    def switch_on() -> Any:
        return _turn(request.form.get("name", ""), off=False, why="")

    def _turn(name: str, *, off: bool, why: str) -> Any:
        if name not in brakes.SWITCHES:
            return said("There is no such switch.", there, wrong=True)
        with world_of(site) as world:
            voice_rows.turn(world, name, off=off, why=why, by=g.signed_in.operator.login)
            audit.note(world, g.signed_in.operator.login, "switched_off" if off else "switched_on", name, why=why)
        return said(f"{brakes.SWITCHES[name]}: {'off' if off else 'on'}.", there)

    @console.post("/moderation/budget")
    @needs("feedback:write")
    def voice_budget() -> Any:
        form = BudgetForm()
        with world_of(site) as world:
            if not form.validate_on_submit():
                return said("A whole number is needed.", there, wrong=True)
            voice_rows.turn(world, "voice_budget", off=False, why=str(form.most.data), by=g.signed_in.operator.login)
            audit.note(world, g.signed_in.operator.login, "voice_budget", "SMS a month", most=form.most.data)
        return said(f"{form.most.data:,} SMS about ideas in a month.", there)


def _one_person(world: Any, may: bool) -> list[Table]:
    """Accounts that may be one person's, and those whose votes count as one."""
    perhaps, joined, url = one_person.perhaps_one(world)[:SHOWN], pair_rows.joined_here(world), url_for("console.settle_pair")
    known = one_person.names(world, [*((one.first_id, one.second_id) for one in perhaps), *joined])
    lines = [
        Line((Cell(known[one.first_id].name), Cell(hidden(known[one.first_id].number)), Cell(hidden(known[one.second_id].number)), Cell(one.alike)), [
            Deed("One person", url, {"what": "one", "first": str(one.first_id), "second": str(one.second_id)}, known[one.first_id].name),
            Deed("Two people", url, {"what": "two", "first": str(one.first_id), "second": str(one.second_id)}, known[one.first_id].name),
        ] if may else [])
        for one in perhaps
    ]  # fmt: skip
    tables = [Table("Perhaps one person with two accounts", PAIRS, lines, "No two of one name and village vote alike within minutes.")]
    voices = [
        Line((Cell(known[with_].name), Cell(hidden(known[with_].number)), Cell(hidden(known[id].number)), Cell("")), [
            Deed("Two people", url, {"what": "two", "first": str(with_), "second": str(id)}, known[with_].name)
        ] if may else [])
        for id, with_ in joined if id in known and with_ in known
    ]  # fmt: skip
    return [*tables, Table("Counted as one voice", PAIRS, voices)] if voices else tables


def _rings(world: Any, may: bool) -> Table:
    """Pairs between whom thanks, and so points, go to and fro."""
    found = recognition.rings_here(world)[:SHOWN]
    known = members.by_ids(world, [id for giver, helper, _, _ in found for id in (giver, helper)])
    lines = [
        Line(
            (Cell(known[giver].name), Cell(known[helper].name), Cell(there), Cell(back)),
            [Deed("Take the points back", url_for("console.break_ring"), {"giver": str(giver), "helper": str(helper)}, known[giver].name)] if may else [],
        )
        for giver, helper, there, back in found
        if {giver, helper} <= set(known)
    ]
    return Table(f"Thanks that go in a ring, of {recognition.RING_DAYS} days", RINGS, lines, "No two thank each other much.")


def _held(world: Any, may: bool) -> Table:
    found = facts.told(world, rows.page(world, before=None, most=SHOWN, states=("held",)))
    lines, spoken, holds = [], let_in_rows.said_of(world, [one.item.id for one in found]), last_holds(world, [one.item for one in found])
    for one in found:
        fine = [is_fine for _, is_fine in spoken.get(one.item.id, [])]
        said_so = f"{sum(fine)} fine, {len(fine) - sum(fine)} for you to look" if fine else "–"
        url = url_for("console.judge_item", number=one.item.number)
        deeds = [Deed("Let it through", url, {"what": "through"}, one.item.number), Deed("Decline", url, {"what": "decline"}, one.item.number)]
        number = Cell(one.item.number, link=url_for("console.item", number=one.item.number))
        why = (holds[one.item.id].why or holds[one.item.id].by) if one.item.id in holds else ""
        lines.append(
            Line(
                (number, Cell(one.item.words), Cell(one.name), Cell(why), Cell(said_so)),
                deeds if may else [],
            )
        )
    return Table("Held", HELD, lines, "Nothing is held.")


def _sayings(world: Any, may: bool) -> Table:
    held = voice_rows.comments_in(world, ("held",), SHOWN)
    known, on = members.by_ids(world, [one.member_id for one in held if one.member_id]), rows.by_ids(world, [one.item_id for one in held])
    lines = []
    for one in held:
        url = url_for("console.judge_comment", id=one.id)
        deeds = [Deed("Let it through", url, {"state": "open"}), Deed("Hide", url, {"state": "hidden"})]
        name = short(known[one.member_id].name) if one.member_id in known else "–"
        item = on[one.item_id]
        lines.append(Line((Cell(item.number, link=url_for("console.item", number=item.number)), Cell(one.words), Cell(name)), deeds if may else []))
    return Table("Held comments", SAYINGS, lines, "No comment is held.")


def _reported(world: Any, may: bool) -> Table:
    flagged = voice_rows.flagged(world, SHOWN)
    on = rows.by_ids(world, [one.item_id for one in flagged])
    lines = []
    for one in flagged:
        item = on[one.item_id]
        words, url, deeds = item.words, url_for("console.judge_item", number=item.number), []
        if one.comment_id:
            said_there = voice_rows.comment(world, one.comment_id)
            words, url = said_there.words if said_there else "–", url_for("console.judge_comment", id=one.comment_id)
            deeds = [Deed("It stays", url, {"state": "open"}), Deed("Hide", url, {"state": "hidden"})]
        else:
            deeds = [Deed("It stays", url, {"what": "through" if item.state == "held" else "answered"}, item.number)]
            deeds += [Deed("Decline", url, {"what": "decline"}, item.number)]
        number = Cell(item.number, link=url_for("console.item", number=item.number))
        lines.append(Line((number, Cell(words), Cell(one.reporters), Cell(f"{one.reason}: {one.words}" if one.words else one.reason)), deeds if may else []))
    return Table("Reported", REPORTS, lines, "Nothing is reported.")


def _braked(world: Any, may: bool) -> Table:
    lines = [
        Line((
            Cell(one.number, link=url_for("console.item", number=one.number)), Cell(one.words), Cell(f"{world.organisation.local(one.braked_at):%d %b %H:%M}"),
        ), [Deed("The votes count", url_for("console.judge_item", number=one.number), {"what": "release"}, one.number)] if may else [])
        for one in rows.braked(world, SHOWN)
    ]  # fmt: skip
    return Table("Braked", BRAKED, lines, "No burst of votes.")


def _words(world: Any, may: bool) -> Table:
    lines = [
        Line((Cell(word), Cell(why)), [Deed("Take it off", url_for("console.free_word"), {"word": word}, word)] if may else [])
        for word, why in sorted(voice_rows.held_words_here(world).items())
    ]  # fmt: skip
    return Table("Words that wait", WORDS, lines, "No word is on the list.")


def _same(world: Any, may: bool) -> Table:
    """What fewer than three members call the same. A person joins them, or says that they are two."""
    pairs = same_rows.waiting(world, SHOWN)
    known = rows.by_ids(world, [id for one in pairs for id in (one.item_id, one.twin_id)])
    lines = []
    for one in pairs:
        item, twin = known[one.item_id], known[one.twin_id]
        about = f"{item.number} and {twin.number}"
        way, fields = url_for("console.judge_same"), {"item": item.number, "twin": twin.number}
        deeds = [Deed("Join", way, {**fields, "what": "one"}, about), Deed("They are two", way, {**fields, "what": "two"}, about)] if may else []
        cells = [Cell(f"{each.number} {each.words[:60]}", url_for("console.item", number=each.number), kind="words") for each in (item, twin)]
        lines.append(Line((*cells, Cell(f"{one.heads:,}")), deeds))
    return Table("Said to be the same", SAMES, lines, "Nobody calls two things the same.")


def _switches(world: Any, may: bool) -> Table:
    lines = []
    for name, label in brakes.SWITCHES.items():
        found = voice_rows.switch(world, name)
        off = bool(found and found.off)
        deeds = [Deed("Switch on", url_for("console.switch_on"), {"name": name}, label)] if off and may else []
        lines.append(Line((Cell(label), Cell("off" if off else "on", state=True), Cell(found.why if off else ""), Cell(found.by if off else "")), deeds))
    return Table("Switches", SWITCHES, lines)
