"""Where villages lie, and how near two of them are. Who lives next door knows the same road; who lives an hour away does not."""

from __future__ import annotations

import math
import re
from typing import Any

from gateway.community import place_rows

NEAR_KM = 30.0  # from here on somebody is not near any more: an hour by matatu
EARTH_KM = 6_371.0088  # mean radius, IUGG
_DEGREES = re.compile(r"(-?\d{1,3}(?:\.\d+)?)")


def read_place(text: str) -> tuple[float, float] | None:
    """(latitude, longitude) in degrees, as a map on a phone gives them to be pasted; None when it is no place on earth.

    >>> read_place("-1.2864, 36.8172"), read_place("1.2864 S, 36.8172 E"), read_place("0.5N 34.56E"), read_place("91, 0"), read_place("Kiboko")
    ((-1.2864, 36.8172), (-1.2864, 36.8172), (0.5, 34.56), None, None)
    """
    found = [float(one) for one in _DEGREES.findall(text.replace("\N{MINUS SIGN}", "-"))]
    if len(found) != 2:
        return None
    letters = text.upper()
    latitude = -abs(found[0]) if re.search(r"\dS|\d\W*S\b", letters) else found[0]
    longitude = -abs(found[1]) if re.search(r"\dW|\d\W*W\b", letters) else found[1]
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """As the crow flies, by the haversine formula.

    >>> round(kilometres((-1.2864, 36.8172), (-4.0435, 39.6682)))  # Nairobi and Mombasa
    441
    """
    lat, lon, lat2, lon2 = (math.radians(part) for part in (*one, *other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def nearness(world: Any, one: str, other: str) -> float:
    """1 in the same village, less with each kilometre between two, and 0 from NEAR_KM on or where nobody has written down where one of them lies."""
    if not one or not other:
        return 0.0
    if one.lower() == other.lower():
        return 1.0
    known = place_rows.here(world)
    a, b = known.get(one.lower()), known.get(other.lower())
    return max(0.0, 1.0 - kilometres(a, b) / NEAR_KM) if a and b else 0.0
