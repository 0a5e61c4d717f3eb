"""Other words for an item: in its row and in the index that finds it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from gateway.community.items.likeness import stems
from gateway.community.items.tables import items, term_counts, terms
from gateway.store.tables import ours
from gateway.store.upsert import add_once, count_up


def reword(world: Any, id: int, words: str) -> None:
    found, here = stems(words), {"organisation_id": world.organisation.id}
    world.write.execute(update(items).where(items.c.id == id, ours(world, items)).values(words=words, stems=" ".join(found)))
    before, after = set(world.write.scalars(select(terms.c.term).where(terms.c.item_id == id, ours(world, terms)))), {one[:40] for one in found}
    for term in sorted(before - after):
        world.write.execute(delete(terms).where(terms.c.item_id == id, terms.c.term == term, ours(world, terms)))
        fewer = update(term_counts).where(term_counts.c.term == term, ours(world, term_counts), term_counts.c["items"] > 0)
        world.write.execute(fewer.values({"items": term_counts.c["items"] - 1}))
    for term in sorted(after - before):
        if add_once(world.write, terms, **here, term=term, item_id=id):
            count_up(world.write, term_counts, "items", {**here, "term": term})
