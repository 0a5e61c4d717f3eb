"""A phone in the terminal: the same hops as the phone in the browser."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Sequence
from typing import Any

import click

from gateway.channels.africastalking.handset import Habits, Handset
from gateway.channels.hubtel.handset import Handset as HubtelHandset
from gateway.channels.simulator import inbox_of, post_steps_to, post_to
from gateway.settings import Settings
from menus.alphabet import screen_room
from menus.render import OPENING_SEPTETS, PREFIX

WIDTH = 34
HELP = "answer and Enter | :dial [*384*..#]  :drop  :again  :slow  :sms words  :inbox  :quit"


class Terminal:
    """A phone on the wire of a provider, with the habits of its network. Messages go over Africa's Talking whoever carries the calls."""

    def __init__(self, settings: Settings, number: str, provider: str = "africastalking", habits: Sequence[str] = ()) -> None:
        from gateway.site import Site

        site = Site(settings)
        organisation = next(iter(site.organisations()), None)
        if organisation is None:
            raise click.ClickException("there is no organisation yet; `make run` makes a demo")
        with site.world(organisation) as world:
            known = world.place.phone(number)
        site.close()
        if known is None:
            raise click.ClickException(f"{number} is no phone number here; try +{organisation.calling_code} and {organisation.national_digits} digits")
        self.settings, self.number, self.shortcode = settings, known, organisation.shortcode
        kinds: dict[str, Any] = dict.fromkeys(set(habits) - {"opening"}, True)
        opening = OPENING_SEPTETS if "opening" in habits else 0
        self.sms = Handset(self.number, organisation.service_code, post_to(settings), Habits(**kinds, opening=opening))
        self.handset: Handset | HubtelHandset = self.sms
        if provider == "hubtel":
            twice, late = "twice" in habits, "reordered" in habits
            self.handset = HubtelHandset(self.number, organisation.service_code, post_steps_to(settings), twice=twice, reordered=late)
        self.slow, self.read, self.complained = False, 0, 0

    def run(self) -> None:
        """Until :quit, end of input or Ctrl-C."""
        click.echo(HELP)
        self._dial("")
        try:
            while True:
                self._new_messages()
                line = input("> " if self.handset.open else "(:dial) > ")
                if line.strip() == ":quit":
                    return
                self._hear(line)
        except (EOFError, KeyboardInterrupt):
            click.echo("")

    def _hear(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        match word:
            case ":dial":
                self._dial(rest)
            case ":drop":
                self.handset.hangs_up()
                click.echo("(the call is dropped)")
            case ":again":
                self._show(self.handset.again())
            case ":slow":
                self.slow = not self.slow
                click.echo(f"(the network is {'slow' if self.slow else 'quick'} now)")
            case ":sms":
                self.sms.texts(rest, self.shortcode)
                time.sleep(1.2)
            case ":inbox":
                self.read = 0
            case _ if word.startswith(":"):
                click.echo(HELP)
            case _ if self.handset.open:
                self._wait()
                self._show(self.handset.types(line))
            case _:
                self._dial("")

    def _dial(self, code: str) -> None:
        self._wait()
        self._show(self.handset.dials(code))

    def _wait(self) -> None:
        if self.slow:
            time.sleep(3)

    def _complain(self) -> None:
        """What a real network would not have put up with, as soon as it happens."""
        for complaint in self.handset.complaints[self.complained :]:
            click.echo(f"  the network complains: {complaint}", err=True)
        self.complained = len(self.handset.complaints)

    def _show(self, screen: str) -> None:
        self._complain()
        room = screen_room(PREFIX + screen, self.settings.screen_septets)
        click.echo("+" + "-" * WIDTH + "+")
        for line in screen.split("\n"):
            for part in textwrap.wrap(line, WIDTH) or [""]:
                click.echo(f"|{part:{WIDTH}}|")
        click.echo("+" + f" {room.used}/{room.most} ".rjust(WIDTH, "-") + "+" + ("" if self.handset.open else "  (the call has ended)"))

    def _new_messages(self) -> None:
        messages = inbox_of(self.settings, self.number)
        for message in messages[self.read :]:
            click.echo(f"  SMS from {message['from']}: {message['words']}")
        self.read = len(messages)
