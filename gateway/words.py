"""The languages: gettext catalogues from `menus/locales`, and saying a notice in one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.pofile import read_po

from gateway.ledger.currencies import POINTS
from gateway.ledger.model import Money, Worth, number, spoken
from gateway.observe import metrics
from menus import alphabet
from menus.notice import Notice

LOCALES = Path(__file__).parent.parent / "menus" / "locales"
LANGUAGES = {"sw": "Kiswahili", "en": "English", "fr": "Francais", "ki": "Gikuyu", "luo": "Dholuo"}  # in the order in which they are offered
BEGUN = {"ki": "sw", "luo": "sw"}  # languages that are only begun, and the one that is spoken where they have no words yet
ALSO_CALLED = {
    "swahili": "sw", "kiswahili": "sw", "sw": "sw", "english": "en", "kiingereza": "en", "anglais": "en", "en": "en",
    "francais": "fr", "french": "fr", "kifaransa": "fr", "fr": "fr", "gikuyu": "ki", "kikuyu": "ki", "ki": "ki", "dholuo": "luo", "luo": "luo",
}  # fmt: skip

Catalogs = Mapping[str, Mapping[str, str]]


class Begun(dict[str, str]):
    """A catalogue with words still missing: each is said in the language behind it, and counted, for it is work to be done."""

    def __init__(self, language: str, own: Mapping[str, str], behind: Mapping[str, str]) -> None:
        super().__init__(own)
        self.language, self.behind = language, behind

    def get(self, text: str, otherwise: Any = None) -> Any:
        if text in self:
            return self[text]
        metrics.fallbacks.labels(self.language).inc()
        return self.behind.get(text, otherwise)


def whole(catalog: Mapping[str, str]) -> dict[str, str]:
    """All that is said in a language, what is borrowed from the one behind it too, as a plain dictionary: what is read there is spoken to nobody."""
    return {**getattr(catalog, "behind", {}), **catalog}


@lru_cache(maxsize=2 * len(LANGUAGES))
def _read(file: Path, changed_ns: int) -> dict[str, str]:
    """What a catalogue says. A file is parsed again only when it has changed, for that takes a tenth of a second."""
    with file.open("rb") as stream:
        messages = read_po(stream, locale=file.stem)
    return {str(one.id): str(one.string) for one in messages if one.id and one.string and not one.fuzzy}


def load_catalogs(folder: Path = LOCALES) -> dict[str, dict[str, str]]:
    """Language -> English text -> its translation. Fuzzy and empty entries do not count."""
    catalogs: dict[str, dict[str, str]] = {}
    for file in sorted(folder.glob("*.po")):
        catalogs[file.stem] = dict(_read(file, file.stat().st_mtime_ns))
    for language, behind in BEGUN.items():
        catalogs[language] = Begun(language, catalogs.get(language, {}), catalogs[behind])
    return catalogs


@dataclass(frozen=True)
class Phrases:
    """Says what no flow says: notices, lines of lists, days."""

    catalogs: Catalogs

    def text(self, text: str, language: str) -> str:
        return self.catalogs.get(language, {}).get(text, text)

    def say(self, notice: Notice, language: str, **words: Any) -> str:
        """A notice with its words, each spelt in GSM-7 and cut to the width that was checked."""
        with spoken(language):
            fitted = {name: _fitted(words[name], len(longest)) for name, longest in notice.words.items()}
        return self.text(notice.text, language).format_map(fitted)

    def worth(self, money: Money, language: str) -> Worth:
        """Money as it is written, points in words."""
        with spoken(language):
            if money.currency != POINTS:
                return Worth(money)
            return Worth(self.text("{count} points", language).format(count=number(money.minor)))

    def day(self, moment: dt.datetime, language: str) -> str:
        """`23 Nov`, as short as a phone needs it; the moment is already local."""
        said = format_date(moment, "d MMM", locale=language)
        return alphabet.plain(said.replace("juin", "jun").replace("juil.", "jul"))[:6]  # in French both begin alike

    def weekday(self, moment: dt.datetime, language: str) -> str:
        """`Mon`, as the language writes it short; the moment is already local."""
        return alphabet.plain(format_date(moment, "EEE", locale=language))[:8]


def _fitted(value: Any, most: int) -> str:
    said = alphabet.plain(str(value))
    if getattr(value, "never_cut", False):
        return said
    return alphabet.cut(said, most, by_letters=getattr(value, "by_letters", False))
