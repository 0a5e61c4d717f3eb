"""The command `pamoja`."""

from __future__ import annotations

import datetime as dt
import gc
import json
import signal
import sys
from typing import Any

import click

from gateway.settings import Settings, Wrong

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def settings_or_say() -> Settings:
    """The settings, or one clear message with everything that is wrong with them."""
    try:
        return Settings.from_env()
    except Wrong as wrong:
        lines = "\n".join(f"  - {one}" for one in wrong.problems)
        raise click.ClickException(f"The settings cannot be used (a demo is started with `make run`):\n{lines}") from wrong


def site_or_say() -> Any:
    from gateway.site import Site

    return Site(settings_or_say())


@click.group(context_settings=CONTEXT)
def main() -> None:
    """Pamoja: a self-service gateway for people with feature phones."""


@main.command()
def up() -> None:
    """Run the whole product on this machine, with a demo co-operative."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing runs yet: Ctrl-C ends it, and no half import gets a word in
    from gateway.up.supervise import up as run

    run()


@main.command()
def web() -> None:
    """Run the web service: webhooks, console and, where it is on, the phone."""
    from gateway.observe import set_up_logs, share_metrics
    from gateway.serve import serve

    settings = settings_or_say()
    set_up_logs("web", settings.log_level)
    share_metrics(settings.home / "metrics")
    serve(settings)


@main.command("far-side", hidden=True)
@click.option("--port", type=int, required=True)
def far_side(port: int) -> None:
    """Run the fake Africa's Talking of a demo."""
    from gateway.channels.africastalking.far_side import FarSide
    from gateway.channels.africastalking.hearing import addresses

    settings = settings_or_say()
    if not settings.demo:
        raise click.ClickException("the fake Africa's Talking is for demos and tests only")
    from werkzeug.serving import make_server

    fake = FarSide(settings.at_username, settings.at_api_key, lambda: addresses(settings))
    make_server("127.0.0.1", port, fake.app(), threaded=True).serve_forever()


HABITS = ("twice", "at_once", "reordered", "shuffled", "charset", "no_plus", "opening")


@main.command()
@click.option("--provider", type=click.Choice(["africastalking", "hubtel"]), default="africastalking", show_default=True, help="Whose wire.")
@click.option("--habit", "habits", multiple=True, type=click.Choice(HABITS), help="A habit of the network.")
@click.argument("number")
def phone(number: str, provider: str, habits: tuple[str, ...]) -> None:
    """A feature phone in the terminal, with the SIM of NUMBER (like +254711000001)."""
    from gateway.channels.terminal import Terminal

    settings = settings_or_say()
    if not settings.phone:
        raise click.ClickException("the phone is off here; PAMOJA_PHONE=on switches it on")
    Terminal(settings, number, provider, habits).run()


@main.command()
def urls() -> None:
    """Print every callback address of these settings, one a line, name first."""
    from gateway.channels.africastalking.hearing import addresses
    from gateway.channels.hubtel.hearing import address as hubtel

    settings = settings_or_say()
    for name, address in {**addresses(settings), "hubtel_ussd": hubtel(settings)}.items():
        click.echo(f"{name} {address}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def demo(as_json: bool) -> None:
    """Show what the demo holds: members with PINs and balances, the console's login. Demos only."""
    from gateway.up.demo import NOTES, contents

    site = site_or_say()
    if not site.settings.demo or not (site.settings.home / NOTES).exists():
        raise click.ClickException("there is no demo here; `make run` makes one")
    held = contents(site)
    if as_json:
        click.echo(json.dumps(held, indent=2))
        return
    organisation = site.organisations()[0]
    click.echo(f"Dial {held['code']}, or send an SMS to {held['shortcode']}.\n")
    for one in held["members"]:
        click.echo(f"  {one['name']:10} {one['number']}  PIN {one['pin']}  has {organisation.money(one['balance_minor'])}")
    console = held["console"]
    places = held["places"]
    click.echo(f"\nPlaces: group {places['group']}, shop {places['shop']}, agent {places['agent']} (Kamau).")
    click.echo(f"\nConsole {console['url']}\n  login {console['login']}   password {console['password']}   code {console['code']}")
    for one in held["staff"]:
        click.echo(f"  login {one['login']}   password {one['password']}   code {one['code']}   ({one['role']})")


@main.command()
@click.option("--write-digits", is_flag=True, help="Write new keys into menus/digits.txt and retire those that are gone.")
@click.option("--write-words", is_flag=True, help="Bring menus/locales/*.po in step with the book.")
def check(write_digits: bool, write_words: bool) -> None:
    """Read every menu before any caller does, and say what is wrong where."""
    gc.disable()  # it runs at every save and ends at once: looking for garbage takes a fifteenth of its time
    from gateway.catalogs import refresh
    from gateway.checked import problems
    from gateway.words import LOCALES, load_catalogs
    from menus import DIGITS, digits_ledger
    from menus.book import BOOK
    from menus.book.lines import LINES
    from menus.book.notices import NOTICES
    from menus.book.sms import SMS
    from menus.check.digits import written
    from menus.check.graph import CALL_SECONDS, longest_way
    from menus.check.languages import every_text

    if write_digits:
        DIGITS.write_text(written(BOOK, digits_ledger(), dt.date.today().isoformat()))
    if write_words:
        for file in sorted(LOCALES.glob("*.po")):
            said, missing = refresh(file.stem, every_text(BOOK, SMS, NOTICES, LINES))
            click.echo(f"{file.stem}: {said} texts said, {missing} still to be said")
    found = problems(load_catalogs())
    for problem in found:
        click.echo(str(problem))
    click.echo(f"{len(BOOK.steps)} steps, {len(NOTICES)} notices, {len(SMS)} commands: " + (f"{len(found)} problems" if found else "sound"))
    if not found:
        place, screens, spent = longest_way(BOOK)
        click.echo(f"the longest way: {place}, {screens} screens, {spent} s for a slow reader; a call lasts {CALL_SECONDS} s")
    sys.exit(1 if found else 0)


@main.command()
@click.argument("flows", nargs=-1)
def draw(flows: tuple[str, ...]) -> None:
    """Draw the book as a picture (Mermaid), or of it only FLOWS: `pamoja draw send pay_group`."""
    import difflib

    from menus.book import BOOK
    from menus.draw import draw as drawn

    known = [flow.name for flow in BOOK.flows]
    for name in set(flows) - set(known):
        near = ", ".join(difflib.get_close_matches(name, known)) or "see menus/book"
        raise click.BadParameter(f"there is no flow {name} ({near})", param_hint="FLOWS")
    click.echo(drawn(BOOK, flows))


@main.command()
@click.option("--hops", default=20_000, show_default=True, help="How many hops in all.")
@click.option("--seed", default=None, type=int, help="To walk the same way again.")
def walk(hops: int, seed: int | None) -> None:
    """Walk through the menus as callers on bad networks do, on a database of its own, and say what broke."""
    import secrets
    import tempfile
    from pathlib import Path

    from gateway.up.walk import Broken, Walker, walk_here

    seed = secrets.randbelow(10**6) if seed is None else seed

    def begin(walker: Walker) -> None:
        with click.progressbar(length=hops, label="Walking") as bar:
            for count in walker.walk(hops):
                bar.update(count)

    try:
        with tempfile.TemporaryDirectory(prefix="pamoja-walk-") as folder:
            tally = walk_here(Path(folder), hops, seed, begin)
    except Broken as broken:
        click.echo(f"{broken.what}\n  typed: " + " | ".join(broken.talk))
        raise click.ClickException(f"walk that way again with --seed {seed} --hops {hops}") from broken
    click.echo(
        f"{tally.calls:,} calls, {tally.hops:,} hops ({tally.twice:,} twice, {tally.at_once:,} at once, {tally.late:,} late, {tally.overtaken:,} overtaken, "
        f"Redis wiped {tally.wiped:,} times), "
        f"{len(tally.screens)} screens, {tally.paid:,} payments, {tally.ended:,} calls came to an end; seed {seed}: nothing broke"
    )


@main.command()
@click.option("--down", "to", default="", help="Go back to this revision; `base` takes everything away.")
def migrate(to: str) -> None:
    """Bring the database to the shape that this version needs."""
    from gateway.store.migrate import downgrade, upgrade

    site = site_or_say()
    downgrade(site.engine, to) if to else upgrade(site.engine)
    click.echo("The database is ready." if not to else f"The database is back at {to}.")


@main.command()
def verify() -> None:
    """Prove the books and the audit trail of every organisation."""
    from gateway.ledger.proof.facts import prove
    from gateway.store.audit import broken

    site, wrong = site_or_say(), 0
    for organisation in site.organisations():
        with site.world(organisation, seconds=600, snapshot=True) as world:
            proof, row = prove(world), broken(world)
        for fault in proof.faults:
            click.echo(f"{organisation.name}: {fault.where}: {fault.what}")
        if row is not None:
            click.echo(f"{organisation.name}: the audit trail is broken at line {row.seq}")
        wrong += len(proof.faults) + (row is not None)
        click.echo(f"{organisation.name}: {proof.accounts} accounts, {proof.transfers} transfers, heads of the chain: {proof.head or 'none yet'}")
    click.echo(f"{wrong} faults" if wrong else "The books are sound.")
    sys.exit(1 if wrong else 0)


@main.command()
def retry() -> None:
    """Offer every parked job again, once its cause is mended."""
    from gateway.store.outbox import retry_parked

    site = site_or_say()
    with site.engine.connect().execution_options(writes=True) as connection, connection.begin():
        count = retry_parked(connection, site.now())
    click.echo(f"{count} jobs are offered again.")


@main.command("add-organisation")
@click.option("--name", required=True)
@click.option("--short-name", required=True, help="As screens have room for: 10 letters.")
@click.option("--service-code", required=True, help="Like *384*20417#")
@click.option("--shortcode", required=True, help="The number that takes SMS, like 20417.")
@click.option("--currency", default="KES", show_default=True)
@click.option("--digits", default=2, show_default=True, help="Decimals of the currency (ISO 4217).")
@click.option("--timezone", default="Africa/Nairobi", show_default=True)
@click.option("--language", default="sw", show_default=True)
@click.option("--calling-code", default="254", show_default=True)
@click.option("--national-digits", default=9, show_default=True, help="Digits of a phone number behind the calling code.")
def add_organisation(short_name: str, **given: Any) -> None:
    """Found an organisation: its own accounts, and the tariff and limits to begin with."""
    from gateway.ledger.model import Organisation
    from gateway.store.tables import new_id
    from gateway.up.demo import found_organisation

    site = site_or_say()
    one = Organisation(id=new_id(), short_name=short_name[:12], **given)
    with site.world(one, seconds=30) as world:
        found_organisation(world)
    click.echo(f"{one.name} can be dialled at {one.service_code} once Africa's Talking sends its hops here (pamoja urls).")


@main.command("add-operator")
@click.option("--login", required=True)
@click.option("--name", required=True)
@click.option("--role", type=click.Choice(["admin", "support", "maker", "checker", "auditor", "facilitator"]), default="support", show_default=True)
@click.option("--service-code", default="", help="The organisation's code, where there is more than one.")
def add_operator(login: str, name: str, role: Any, service_code: str) -> None:
    """Make a console login with a second factor; password and code are shown once."""
    import segno

    from gateway.operators.verbs import make_operator
    from gateway.store import audit

    site = site_or_say()
    found = [one for one in site.organisations() if service_code in ("", one.service_code)]
    if len(found) != 1:
        raise click.ClickException("say which organisation with --service-code" if found else "there is no such organisation; see add-organisation")
    with site.world(found[0], seconds=30) as world:
        made = make_operator(world, login=login, name=name, role=role, secret_key=site.settings.secret_key)
        audit.note(world, "pamoja add-operator", "operator_added", login, role=role)
    click.echo(f"login {made.login}\npassword {made.password}\nsecond factor {made.totp_uri}")
    segno.make(made.totp_uri).terminal(compact=True)
    click.echo("recovery codes " + " ".join(made.recovery_codes))
