"""The same transfer with django-hordak, run by an environment of its own: `hordak_peer.py HOST PORT DATABASE SECONDS`; prints how many and in what time."""

from __future__ import annotations

import random
import sys
import time

PEOPLE = 50  # accounts; its tree of accounts grows slow with many, and this is about the transfer


def main(host: str, port: str, database: str, seconds: float) -> None:
    import django
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "djmoney", "hordak"],
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "HOST": host, "PORT": port, "NAME": database, "USER": "postgres"}},
        DEFAULT_CURRENCY="EUR", CURRENCIES=["EUR"], HORDAK_INTERNAL_CURRENCY="EUR", DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        SECRET_KEY="bench", USE_TZ=True,
    )  # fmt: skip
    django.setup()
    from django.core.management import call_command
    from hordak.models import Account
    from moneyed import Money

    call_command("migrate", verbosity=0)
    kind = getattr(getattr(Account, "TYPES", None), "liability", None) or "LI"
    people = [Account.objects.create(name=f"Member {n}", code=f"{n:03}", type=kind, currencies=["EUR"]) for n in range(PEOPLE)]
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        source, destination = random.sample(people, 2)
        source.transfer_to(destination, Money(1, "EUR"))
        count += 1
    print(count, time.perf_counter() - began)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]))
