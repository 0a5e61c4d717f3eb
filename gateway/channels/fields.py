"""Reading the fields of a webhook: each once, nothing unprinted, numbers in E.164."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import Request, Response
from werkzeug.exceptions import RequestEntityTooLarge

BODY_MOST = 16 * 1024  # octets; the longest end event known has 600
PLAIN = re.compile(r"[\x21-\x7e]{1,80}")
UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # no phone types these, and PostgreSQL keeps no NUL
_NUMBER = re.compile(r"\+?[0-9]{6,15}")


def form_of(request: Request) -> dict[str, str]:
    """The fields, each once. A field that comes twice is no field: which one would be meant?"""
    if (request.content_length or 0) > BODY_MOST:  # one that does not tell its size is cut off by the app's own limit
        raise RequestEntityTooLarge
    return fields_of((name, value) for name, values in request.form.lists() for value in values)


def fields_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The fields that come once; a field that comes twice is no field."""
    found: dict[str, str] = {}
    twice = set()
    for name, value in pairs:
        if name in found:
            twice.add(name)
        found[name] = UNPRINTED.sub("", value)
    return {name: value for name, value in found.items() if name not in twice} if twice else found


def form_or_json(request: Request) -> dict[str, str]:
    """A form or JSON: their papers disagree, so both are read."""
    if request.is_json:
        found = request.get_json(silent=True)
        return {str(name): UNPRINTED.sub("", str(value)) for name, value in found.items()} if isinstance(found, dict) else {}
    return form_of(request)


def number_in(typed: str) -> str | None:
    """E.164. Some say that the plus gets lost on the way; a blank in its place is a plus that was not encoded."""
    bare = typed.strip()
    return "+" + bare.lstrip("+") if _NUMBER.fullmatch(bare) else None


def taken() -> Response:
    return Response("OK", content_type="text/plain; charset=utf-8")


def whole(value: str | None) -> int | None:
    """A whole number of at most nine digits, or None."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) <= 9 else None
