"""`python -m workers worker` and `python -m workers clock`: the two lines of the Procfile that have no web."""

from __future__ import annotations

import sys

import click

from gateway.observe import serve_metrics, set_up_logs, share_metrics
from gateway.settings import Settings, Wrong
from gateway.site import Site


def _site(process: str) -> Site:
    try:
        settings = Settings.from_env()
    except Wrong as wrong:
        raise click.ClickException("The settings cannot be used:\n" + "\n".join(f"  - {one}" for one in wrong.problems)) from wrong
    set_up_logs(process, settings.log_level)
    share_metrics(settings.home / "metrics")
    return Site(settings)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The processes behind the web service."""


@main.command()
@click.option("--burst", is_flag=True, help="Stop when there is nothing left to do.")
@click.option("--only", type=click.Choice(["post", "text"]), help="Take only these; else both, money first.")
def worker(burst: bool, only: str | None) -> None:
    """Take jobs: post transfers, send messages."""
    from workers.jobs import POST, QUEUES, TEXT
    from workers.run import run_worker

    names = {"post": (POST,), "text": (TEXT,)}.get(only or "", QUEUES)
    run_worker(_site(f"worker-{only}" if only else "worker"), names, burst=burst)


@main.command()
def clock() -> None:
    """Relay the outbox, sweep, and do what is due."""
    from workers.schedule import run_clock

    site = _site("clock")
    if site.settings.metrics_port:
        serve_metrics(site.settings.metrics_port)
    run_clock(site)


if __name__ == "__main__":
    sys.exit(main())
