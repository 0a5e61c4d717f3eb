"""Looking for a number that must be nowhere: whole, and not by chance inside an id, a hash or a time."""

from __future__ import annotations

import re


def without_ids(held: str) -> str:
    """Ids, references and hashes are drawn or computed; digits in them are nobody's PIN. Times too."""
    held = re.sub(r"datetime\.datetime\([^)]*\)", "", held)
    held = re.sub(r"\b[0-9]{15,}\b|\b[0-9a-f]{30,}\b|\bAT[A-Z]id_\w+|\$argon2id\$[^'\"]+", "", held)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z0-9_=-]{60,}", "", held)


def where(number: str, held: str) -> str:
    """The words around it, or nothing. In a longer number it is chance: a time, a code that was drawn."""
    held = without_ids(held)
    found = re.search(rf"(?<![0-9.]){number}(?![0-9])", held)
    return held[max(found.start() - 80, 0) : found.end() + 20] if found else ""
