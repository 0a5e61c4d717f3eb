"""Is it one of these? Words made comparable, and how alike two sayings are. Standard library only."""

from __future__ import annotations

import re
import unicodedata

ALIKE_FROM = 0.30  # trigrams in common from which two sayings are shown as perhaps the same
TERMS_MOST = 12  # words of a saying that are indexed
ASK_TERMS = 4  # of its rarest words that are looked up
WORD_LEAST = 3  # letters

# Words that say nothing about what is meant, in the languages of our members.
STOP_WORDS = frozenset(
    "the and for with that this have has are was not but you your our can all from they will please more than when what who why how its too very "
    "should would could there their them then some any his her she him may let get make want need also only just into out off over "
    "na ya wa la za cha vya kwa ni si au kama hii hiyo hizi huu wao sisi yetu yangu wangu wetu kuwa kila pia sana tu bado ili katika kwenye "
    "tafadhali lakini hata mimi wewe yeye nini gani lini wapi je les des une est pas pour dans sur avec que qui nous vous ils elle son ses aux".split()
)
PREFIXES = (
    "wana", "tuna", "nina", "zina", "kina", "vina", "tume", "wame", "nime", "zime", "tuta", "wata", "hatu", "hawa", "una", "ana", "ina", "ame", "ime",
    "ata", "ita",
)  # fmt: skip
SUFFIXES = ("ings", "ing", "ed", "es", "s", "eni", "ni")
STEM_LEAST = 4  # letters that a stem keeps


def stem(word: str) -> str:
    """The part of a word that carries its meaning, roughly: Swahili prefixes and English endings off.

    >>> [stem(word) for word in ("payments", "tunalipa", "wanalipa", "milk")]
    ['payment', 'lipa', 'lipa', 'milk']
    """
    for ending in SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) >= STEM_LEAST:
            word = word.removesuffix(ending)
            break
    for beginning in PREFIXES:
        if word.startswith(beginning) and len(word) - len(beginning) >= STEM_LEAST:
            return word.removeprefix(beginning)
    return word


def stems(words: str) -> list[str]:
    """The stems of what was said, each once, in its order.

    >>> stems("Please pay us on Friday, not on Mondays!")
    ['pay', 'friday', 'monday']
    """
    plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    found = [stem(word) for word in re.findall(r"[a-z0-9]+", plain) if len(word) >= WORD_LEAST and word not in STOP_WORDS]
    return list(dict.fromkeys(found))[:TERMS_MOST]


def trigrams(said: str) -> frozenset[str]:
    padded = f"  {said} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def likeness(one: str, other: str) -> float:
    """How many trigrams of two stemmed sayings are common to both: 0 to 1.

    >>> likeness("pay friday", "pay friday"), likeness("pay friday", "goat sick") < ALIKE_FROM
    (1.0, True)
    """
    left, right = trigrams(one), trigrams(other)
    return len(left & right) / len(left | right) if left | right else 0.0
