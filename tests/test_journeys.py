"""Journeys: what was seen, answered and left, and the SMS that each led to."""

from __future__ import annotations

import re

from tests.browser import sign_in
from tests.cast import OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_ways import dial


def test_the_sms_of_a_journey_are_all_that_it_led_to(village: Village) -> None:
    """To the caller, and to the other about the same payment; what no call led to stands with none."""
    village.everybody()
    dial(village, "2", "1", "0722000002", "100", "4715")
    village.workers_run()
    village.clock.passes(minutes=5)
    village.phone(OTIENO).texts("BAL", SHORTCODE)
    page = sign_in(village)[0].get("/console/journeys").get_data(as_text=True)
    journeys = {cells[0]: cells[1:] for line in page.split("<tr>") if (cells := _cells(line))}

    assert journeys["Send to member"][4] == "2.0"
    assert journeys["Home"][4] == "0.0"


def _cells(line: str) -> list[str]:
    return [one.strip() for one in re.sub(r"<[^>]+>", "|", line).split("|") if one.strip()]


def test_journeys_count_what_was_seen_and_where_calls_were_left(village: Village) -> None:

    village.everybody()
    dial(village, "1", "8", "1")
    village.phone(WANJIRU).hangs_up()
    dial(village, "2", "1")
    village.clock.passes(seconds=40)
    village.phone(WANJIRU).hangs_up()
    village.workers_run()
    page = sign_in(village)[0].get("/console/journeys").get_data(as_text=True)
    rows = [re.sub(r"<[^>]+>", "|", line) for line in page.split("<tr>") if "money.show" in line or "send.to" in line or "balance.show" in line]
    counts = {cells[0]: cells[2:7] for cells in ([cell.strip() for cell in row.split("|") if cell.strip()] for row in rows)}

    assert counts["money.show"] == ["2", "2", "1", "0", "0"]  # seen, answered, not understood, left by time, hung up
    assert counts["balance.show"] == ["1", "0", "0", "0", "1"]
    assert counts["send.to"] == ["1", "0", "0", "1", "0"]
    journeys = {cells[0]: cells[1:] for line in page.split("<tr>") if (cells := _cells(line))}
    assert journeys["My money"][0] == "1"  # calls
    assert journeys["My money"][5:9] == ["2", "1", "0", "0"]  # answered, not understood, left by time, hung up
    assert journeys["Send to member"][5:9] == ["0", "0", "1", "0"]
    assert "The provider says of calls" in page
    assert journeys["English"][0] == journeys["the sandbox"][0] == "2"  # calls, by language and by network
    assert journeys["English"][5] == journeys["the sandbox"][5] == "1"  # left by time or by hand
