"""`make bench`: measures everything, prints ratios, writes `tests/bench/results.json`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from gateway.observe import set_up_logs
from tests.bench import community, hops, poster, tasks
from tests.bench.figure import Figure

RESULTS = Path(__file__).parent / "results.json"


SUBJECTS: dict[str, Callable[[Path, Callable[[str], None]], Iterator[Figure]]] = {
    "poster": poster.measure, "growth": poster.growth, "sqlite": poster.sqlite, "hops": hops.measure, "tasks": tasks.measure, "community": community.measure,
}  # fmt: skip


@click.command()
@click.argument("subjects", nargs=-1, type=click.Choice(list(SUBJECTS)))
def main(subjects: tuple[str, ...]) -> None:
    """Measure (all, or the named subjects), print a ratio for each figure, and keep them."""
    found: dict[str, dict[str, object]] = {one["name"]: one for one in json.loads(RESULTS.read_text())} if RESULTS.exists() else {}
    measured: set[str] = set()

    def say(words: str) -> None:
        click.echo(f"  {words}", err=True)

    set_up_logs("bench", "error")
    for subject in [SUBJECTS[name] for name in subjects or SUBJECTS]:
        with tempfile.TemporaryDirectory(prefix="pamoja-bench-") as folder:
            for figure in subject(Path(folder), say):
                found[figure.name] = figure.row()
                measured.add(figure.name)
                _keep(found.values())
                click.echo(
                    f"{figure.name:45} {figure.value:10.1f} {figure.unit:11} against {figure.against} {figure.against_value:.1f}: ratio {figure.ratio:.2f}"
                )
    if not subjects:
        _keep(row for name, row in found.items() if name in measured)  # what is no longer measured goes


def _keep(rows: Iterable[object]) -> None:
    RESULTS.write_text(json.dumps(list(rows), indent=2) + "\n")


if __name__ == "__main__":
    main()
