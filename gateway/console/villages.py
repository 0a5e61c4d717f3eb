"""Where villages lie: staff paste the place that a map on their phone shows, and questions go to helpers who are near."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from gateway.community import place_rows, places
from gateway.console.fields import FlaskForm, required
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said
from gateway.site import Site
from gateway.store import audit

SHOWN = 40
COLUMNS = (("Village", ""), ("Members", "number"), ("Lies at", ""), ("Near it", ""), ("", ""))
ABOUT = (
    f"In a map on your phone, press long on the middle of the village and copy the two numbers. Of two villages closer than {places.NEAR_KM:.0f} km "
    "the nearer counts for more when helpers are chosen; one without a place counts as far from all others."
)


class PlaceForm(FlaskForm):  # type: ignore[misc]
    village = required("Village, as members write it", 20)
    at = required("Where it lies", 40, placeholder="-1.2864, 36.8172")


def hang_into(console: Blueprint, site: Site) -> None:
    @console.post("/helpers/villages")
    @needs("feedback:write")
    def village_place() -> Any:
        form, there, by = PlaceForm(), url_for("console.helpers"), g.signed_in.operator.login
        village, at = " ".join((form.village.data or "").split()), places.read_place(form.at.data or "")
        if not form.validate_on_submit() or not village or at is None:
            return said("A village and two numbers are needed, latitude and longitude in degrees: -1.2864, 36.8172.", there, wrong=True)
        with world_of(site) as world:
            place_rows.put(world, village, *at, by)
            audit.note(world, by, "village_place", village.lower(), latitude=at[0], longitude=at[1])
            other = places.next_to(place_rows.here(world), village.lower())
        if other and other[0] > places.FAR_KM:
            return said(
                f"Written down, but {village.title()} would lie {other[0]:,.0f} km from {other[1].title()}: is the order latitude, longitude, and the sign?",
                there, wrong=True,
            )  # fmt: skip
        return said(f"Written down: {village.title()}.", there)

    @console.post("/helpers/villages/<path:village>/forget")
    @needs("feedback:write")
    def forget_place(village: str) -> Any:
        by = g.signed_in.operator.login
        with world_of(site) as world:
            done = place_rows.drop(world, village)
            if done:
                audit.note(world, by, "village_place_forgotten", village.lower())
        return said("It has no place any more." if done else "It had none.", url_for("console.helpers"), wrong=not done)


def ask() -> Ask:
    return Ask("Where a village lies", PlaceForm(formdata=None), url_for("console.village_place"), "Write it down", ABOUT)


def table(world: Any, *, may: bool) -> Table:
    """The villages in which most live, and those that have a place."""
    known, lived = place_rows.here(world), dict(place_rows.where_members_live(world, SHOWN))
    lines = []
    for village in [*lived, *(one for one in known if one not in lived)]:
        at = known.get(village)
        deeds = [Deed("Forget the place", url_for("console.forget_place", village=village), about=village.title())] if at and may else []
        shown = f"{at[0]:.4f}, {at[1]:.4f}" if at else "not written down"
        lines.append(Line((Cell(village.title()), Cell(lived.get(village, 0)), Cell(shown), Cell(_near(village, known), kind="words")), deeds))
    return Table("Where villages lie", COLUMNS, lines, "No member has named a village yet.")


def _near(village: str, known: dict[str, tuple[float, float]]) -> str:
    if village not in known:
        return "–"
    far = sorted((places.kilometres(known[village], at), other) for other, at in known.items() if other != village)
    near = [f"{other.title()} {km:.0f} km" for km, other in far if km < places.NEAR_KM]
    return ", ".join(near[:4]) or "no other"
