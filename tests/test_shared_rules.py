"""A rule goes from one group to another by the yes of both, and whose it was stays known."""

from __future__ import annotations

from gateway.community import reporting
from gateway.community.commons import rows, rules, shared_rules
from gateway.community.commons.model import RulesFull
from gateway.community.commons.shared_rules import RuleIsShared, RuleNotShared, SharedRule, TooFewToShare
from gateway.community.groups import ballot_rows, results, votes
from gateway.community.groups import rows as groups
from gateway.community.groups import verbs as group_verbs
from gateway.community.groups.model import NotInGroup
from gateway.community.groups.vote_model import VoteOpen
from gateway.community.items import voice_rows
from gateway.community.items.model import Reported
from gateway.members import rows as members
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from tests.test_groups import chama

BARAKA = "+254755000001"
WORDS = "Who is late by an hour brings tea for all who were on time"  # longer than a question has room for


def two_groups(village: Village) -> str:
    """The id of a rule of group 1001; Achieng leads a group of her own, 1010."""
    chama(village)
    village.has("Baraka", BARAKA, 0, "4862")
    with village.world() as world:
        groups.put(world, groups.by_number(world, "1001").id, members.by_number(world, BARAKA).id, state="member")
        rules.add_rule(world, WANJIRU, "1001", WORDS, "r1")
        started = group_verbs.start_group(world, ACHIENG, "Harambee")
        assert started.group == "1007"
        return str(rows.rules_of(world, groups.by_number(world, "1001").id)[0].id)


def agreed(village: Village, key: str, *who: str) -> None:
    """All of a group say yes, and the clock writes down what came of it."""
    with village.world() as world:
        one = ballot_rows.vote_by_key(world, key)
        number = groups.by_id(world, one.group_id).number
        for caller in who:
            votes.cast_ballot(world, caller, str(one.id), "yes", number)
    village.clock.passes(days=8)
    with village.world() as world:
        votes.close_votes(world)
        rules.write_decided(world)
        rules.write_decided(world)


def shared(village: Village) -> str:
    rule = two_groups(village)
    with village.world() as world:
        assert isinstance(shared_rules.propose_sharing(world, OTIENO, "1001", rule, "v1"), VoteOpen)
    agreed(village, "v1", WANJIRU, OTIENO, BARAKA)
    return rule


def test_without_the_groups_yes_nobody_else_sees_a_rule(village: Village) -> None:
    rule = two_groups(village)
    with village.world() as world:
        assert isinstance(shared_rules.look_at_shared_rule(world, ACHIENG, rule, "1007"), RuleNotShared)
        assert shared_rules.shared_rules(world, ACHIENG, "1007") == []
        assert isinstance(shared_rules.propose_theirs(world, ACHIENG, "1007", rule, "v9"), RuleNotShared)
        assert isinstance(shared_rules.propose_sharing(world, ACHIENG, "1001", rule, "v8"), NotInGroup)


def test_it_goes_over_whole_with_whose_it_was_and_they_read_of_it(village: Village) -> None:
    rule = shared(village)
    with village.world() as world:
        assert isinstance(shared_rules.propose_sharing(world, WANJIRU, "1001", rule, "v2"), RuleIsShared)
        assert [row.value for row in shared_rules.shared_rules(world, ACHIENG, "1007")] == [rule]
        assert shared_rules.shared_rules(world, WANJIRU, "1001") == [], "nobody is shown their own"
        assert isinstance(shared_rules.propose_theirs(world, ACHIENG, "1007", rule, "v3"), VoteOpen)
    agreed(village, "v3", ACHIENG)
    with village.world() as world:
        mine = rows.rules_of(world, groups.by_number(world, "1007").id)
        assert [(one.words, str(one.from_id)) for one in mine] == [(WORDS, rule)]
        assert shared_rules.shared_rules(world, ACHIENG, "1007") == [], "it is theirs now"
        shown = shared_rules.look_at_shared_rule(world, ACHIENG, rule, "1007")
        assert isinstance(shown, SharedRule)
        assert (shown.of_group, int(shown.taken)) == ("Tumaini grp", 1)
        notices = [results.notice_words(world, one.words, "en") for one in groups.notices_of(world, groups.by_number(world, "1001").id, 9)]
        assert notices[0].startswith("Harambee took over your rule: Who is late by an hour")
        assert len([one for one in notices if "took over" in one]) == 1
    web = operator(village, "facilitator")
    assert "Harambee" in page(web, "groups")
    assert 'href="/console/groups/1001"' in page(web, "groups/1007")


def test_a_rule_that_is_taken_out_is_shown_to_nobody_and_copies_stay(village: Village) -> None:
    rule = shared(village)
    with village.world() as world:
        shared_rules.propose_theirs(world, ACHIENG, "1007", rule, "v3")
    agreed(village, "v3", ACHIENG)
    with village.world() as world:
        rules.drop_rule(world, WANJIRU, "1001", rule)
        assert isinstance(shared_rules.look_at_shared_rule(world, ACHIENG, rule, "1007"), RuleNotShared)
        assert len(rows.rules_of(world, groups.by_number(world, "1007").id)) == 1


def test_who_has_as_many_rules_as_one_remembers_takes_none_over(village: Village) -> None:
    rule = shared(village)
    with village.world() as world:
        for n in range(9):
            rules.add_rule(world, ACHIENG, "1007", f"rule {n}", f"n{n}")
        assert isinstance(shared_rules.propose_theirs(world, ACHIENG, "1007", rule, "v3"), RulesFull)


def test_words_that_only_look_like_ours_stay_words(village: Village) -> None:
    chama(village)
    with village.world() as world:
        assert results.notice_words(world, "=taken 9999 a rule", "en") == "=taken 9999 a rule"


def test_two_who_say_yes_are_too_few_to_speak_to_all_groups(village: Village) -> None:
    rule = two_groups(village)
    with village.world() as world:
        assert isinstance(shared_rules.propose_sharing(world, OTIENO, "1001", rule, "v1"), VoteOpen)
        rules.add_rule(world, ACHIENG, "1007", "a rule of one", "r2")
        alone = str(rows.rules_of(world, groups.by_number(world, "1007").id)[0].id)
        assert isinstance(shared_rules.propose_sharing(world, ACHIENG, "1007", alone, "v2"), TooFewToShare)
    agreed(village, "v1", WANJIRU, OTIENO)
    with village.world() as world:
        assert shared_rules.shared_rules(world, ACHIENG, "1007") == []


def test_what_a_group_shows_to_all_can_be_reported_by_all_and_words_that_wait_are_shown_to_nobody(village: Village) -> None:
    rule = shared(village)
    with village.world() as world:
        shown = shared_rules.look_at_shared_rule(world, ACHIENG, rule, "1007")
        assert isinstance(reporting.report_thing(world, ACHIENG, str(shown.thing), "insult", "k1"), Reported)
        voice_rows.hold_word(world, "tea", "a test", "grace")
        assert shared_rules.shared_rules(world, ACHIENG, "1007") == []
        assert isinstance(shared_rules.propose_theirs(world, ACHIENG, "1007", rule, "v3"), RuleNotShared)


def test_a_rule_that_is_taken_out_meanwhile_goes_nowhere(village: Village) -> None:
    rule = shared(village)
    with village.world() as world:
        shared_rules.propose_theirs(world, ACHIENG, "1007", rule, "v3")
        assert ballot_rows.vote_by_key(world, "v3").more == WORDS, "all of it is read before the vote"
        rules.drop_rule(world, WANJIRU, "1001", rule)
    agreed(village, "v3", ACHIENG)
    with village.world() as world:
        assert rows.rules_of(world, groups.by_number(world, "1007").id) == []
