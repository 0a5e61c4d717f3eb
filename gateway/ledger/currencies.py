"""Currencies and their minor units, after ISO 4217; a community currency or points name their own."""

from __future__ import annotations

# code -> (digits behind the point, name). Some African APIs send UGX with two decimals: ISO has none, and so have we.
ISO_4217 = {
    "KES": (2, "Kenyan shilling"), "UGX": (0, "Ugandan shilling"), "TZS": (2, "Tanzanian shilling"), "RWF": (0, "Rwandan franc"),
    "BIF": (0, "Burundian franc"), "ETB": (2, "Ethiopian birr"), "SSP": (2, "South Sudanese pound"), "NGN": (2, "Nigerian naira"),
    "GHS": (2, "Ghanaian cedi"), "XOF": (0, "West African CFA franc"), "XAF": (0, "Central African CFA franc"), "ZMW": (2, "Zambian kwacha"),
    "MWK": (2, "Malawian kwacha"), "MZN": (2, "Mozambican metical"), "ZAR": (2, "South African rand"),
}  # fmt: skip
POINTS = "PTS"  # thanks that can be used; one point is one whole unit of the organisation's currency


def digits_of(code: str, otherwise: int = 2) -> int:
    """How many digits stand behind the point.

    >>> digits_of("KES"), digits_of("UGX"), digits_of("SRF")
    (2, 0, 2)
    """
    return 0 if code == POINTS else ISO_4217.get(code, (otherwise, ""))[0]


def name_of(code: str) -> str:
    return "Points" if code == POINTS else ISO_4217.get(code, (0, code))[1]
