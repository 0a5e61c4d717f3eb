"""Where villages lie, and how near two of them are. Who lives next door knows the same road; who lives an hour away does not."""

from __future__ import annotations

import math
import re
from typing import Any

from gateway.community import place_rows

NEAR_KM = 30.0  # from here on somebody is not near any more: an hour by matatu
FAR_KM = 1_000.0  # no two villages of one organisation lie so far apart: the two numbers were swapped, or one lost its sign
EARTH_KM = 6_371.0088  # mean radius, IUGG
_NUMBER = r"(-?\d{1,3}(?:\.\d+)?)\s*\N{DEGREE SIGN}?"
_DEGREES = re.compile(rf"([NSEW])\s*{_NUMBER}|{_NUMBER}\s*([NSEW]?)")


def read_place(text: str) -> tuple[float, float] | None:
    """(latitude, longitude) in degrees, as a map on a phone gives them to be pasted; None when it is no place on earth.

    >>> [read_place(one) for one in ("-1.2864, 36.8172", "1.2864 S, 36.8172 E", "S1.2864 E36.8172", "0.5N 34.56E")]
    [(-1.2864, 36.8172), (-1.2864, 36.8172), (-1.2864, 36.8172), (0.5, 34.56)]
    >>> [read_place(one) for one in ("91, 0", "Kiboko", "1.2864 south, 36.8172 east", "36.8172 E, 1.2864 S", "1, 2, 3")]
    [None, None, None, None, None]
    """
    said = text.upper().replace("\N{MINUS SIGN}", "-")
    found = _DEGREES.findall(said)
    if len(found) != 2 or re.sub(r"[\s,;]", "", _DEGREES.sub("", said)):
        return None
    (north, lat), (east, lon) = ((before or after, one or other) for before, one, other, after in found)
    if north not in ("", "N", "S") or east not in ("", "E", "W"):
        return None
    latitude = -abs(float(lat)) if north == "S" else float(lat)
    longitude = -abs(float(lon)) if east == "W" else float(lon)
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """As the crow flies, by the haversine formula.

    >>> round(kilometres((-1.2864, 36.8172), (-4.0435, 39.6682)))  # Nairobi and Mombasa
    441
    """
    lat, lon, lat2, lon2 = (math.radians(part) for part in (*one, *other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def next_to(known: dict[str, tuple[float, float]], village: str) -> tuple[float, str] | None:
    """Of the other villages the nearest: kilometres and its name. None while there is no other.

    >>> next_to({"kiboko": (-2.21, 37.71), "makindu": (-2.28, 37.82), "emali": (-2.08, 37.47)}, "kiboko")[1]
    'makindu'
    """
    at = known[village]
    return min(((kilometres(at, other), name) for name, other in known.items() if name != village), default=None)


def nearness(world: Any, one: str, other: str) -> float:
    """1 in the same village, less with each kilometre between two, and 0 from NEAR_KM on or where nobody has written down where one of them lies."""
    if not one or not other:
        return 0.0
    if one.lower() == other.lower():
        return 1.0
    known = place_rows.here(world)
    a, b = known.get(one.lower()), known.get(other.lower())
    return max(0.0, 1.0 - kilometres(a, b) / NEAR_KM) if a and b else 0.0
