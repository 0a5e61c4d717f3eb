"""Words into a screen that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from menus.alphabet import screen_room

PREFIX = "CON "  # Africa's Talking's word in front; it may count, so it is counted
SCREEN_SEPTETS = 160  # Safaricom's limit, the smallest that is published; a setting for each network
OPENING_SEPTETS = 140  # what the first screen of a call may take, as gateways of several networks are reported to cut it there

Catalog = Mapping[str, str]


def say(text: str, words: Mapping[str, str], catalog: Catalog) -> str:
    """A text in the caller's language with its words filled in."""
    said = catalog.get(text, text)
    return said.format_map(words) if "{" in said else said


def fits(text: str, limit: int = SCREEN_SEPTETS) -> bool:
    return screen_room(PREFIX + text, limit).fits


def stack(why: str, text: str, lines: Sequence[str], footer: str) -> str:
    """The parts of a screen, top to bottom; an empty part takes no line."""
    return "\n".join(part for part in (why, text, *lines, footer) if part)


def fitted(why: str, text: str, lines: Sequence[str], footer: str, limit: int) -> str:
    """A screen, without its footer when a value was wider than the check could know: the keys work unsaid."""
    whole = stack(why, text, lines, footer)
    return whole if fits(whole, limit) else stack(why, text, lines, "")


def page_of(head: str, labels: Sequence[str], footer: str, more: str, start: int, most: int, limit: int) -> int:
    """How many labels, from `start`, fit below `head` when a line for going on is kept free where it is needed.

    At least one, so that a list always moves on; the check has proved that one label at its longest fits.
    """
    shown = 0
    for count in range(1, min(most, len(labels) - start) + 1):
        last = start + count == len(labels)
        foot = footer if last else f"{more} {footer}".strip()
        lines = [f"{n} {label}" for n, label in enumerate(labels[start : start + count], 1)]
        if not fits(stack("", head, lines, foot), limit):
            break
        shown = count
    return max(shown, 1)


def long_page(text: str, start: int, why: str, lines: Sequence[str], footer: str, more: str, limit: int) -> tuple[str, int]:
    """A page of a text that may be longer than a screen, and how many letters it took; 0 when that was all. What can be chosen stands under its end."""
    left = text[start:].lstrip()
    whole = fitted(why, left, lines, footer, limit)
    if fits(whole, limit):
        return whole, 0
    foot = f"{more} {footer}".strip()
    part = part_of(left, stack(why, "", (), foot), limit)
    return stack(why, part, (), foot), len(text) - start - len(left) + len(part)


def part_of(text: str, around: str, limit: int) -> str:
    """As many whole words from the front of a text as fit on a screen beside what stands around it. At least one.

    >>> part_of("one two three four", "98 More", 24)
    'one two'
    """
    end = len(text)
    while not fits(f"{text[:end].rstrip()}\n{around}", limit):
        shorter = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
        if shorter <= 0:
            break
        end = shorter
    return text[:end].rstrip()
