"""A sentence that is said outside a flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Notice:
    """`screen` notices are USSD endings; the others are SMS and must fit one of 160 septets."""

    name: str
    text: str
    words: Mapping[str, str] = field(default_factory=dict)
    screen: bool = False


def sms(name: str, text: str, /, **words: str) -> Notice:
    return Notice(name, text, words)
