"""Settings from the environment: frozen, typed, and everything that is missing or wrong is named at once."""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

SECRET_LEAST = 32  # characters of a key or token: 128 bits and more in any usual spelling
PRICE_MOST = 10  # characters of a price: it stands in a line of a screen
SAVED = "settings.json"  # what `pamoja up` wrote into the data folder of a demo


class Wrong(Exception):
    """The settings cannot be used. `problems` holds a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Setting:
    """One line of the table in the README: `name`, what it is for, its default, and whether production must give it."""

    name: str
    about: str
    default: str = ""
    required: bool = False
    also: str = ""


SETTINGS = (
    Setting("PAMOJA_MODE", "`production`, or `demo` (a fake Africa's Talking, the phone page, seeded members)", "production"),
    Setting("PAMOJA_HOME", "the data folder of this instance", ".pamoja"),
    Setting("PAMOJA_HOST", "the address that the web service listens on", "127.0.0.1"),
    Setting("PAMOJA_PORT", "the port that the web service listens on", "8080", also="PORT"),
    Setting("PAMOJA_PUBLIC_URL", "where the outside world finds the web service; https in production", "http://127.0.0.1:<port>", required=True),
    Setting("PAMOJA_DATABASE_URL", "`postgresql://…` or `sqlite:///…`", "SQLite in the data folder (demo)", required=True, also="DATABASE_URL"),
    Setting("PAMOJA_REDIS_URL", "`redis://…`, `rediss://…` or `unix://…`", "the embedded server (demo)", required=True, also="REDIS_URL"),
    Setting("PAMOJA_SECRET_KEY", "signs console cookies and the marks of what was heard; 32 characters or more", "made by `pamoja up` (demo)", required=True),
    Setting("PAMOJA_PIN_PEPPERS", "`id:hex` of the key that PIN hashes need; the newest first", "made by `pamoja up` (demo)", required=True),
    Setting("PAMOJA_WEBHOOK_TOKENS", "the secret in the webhook addresses; two while you change it", "made by `pamoja up` (demo)", required=True),
    Setting("PAMOJA_ALLOWED_ADDRESSES", "networks (CIDR, split by commas) that may call the webhooks; empty: any that knows the token", ""),
    Setting("PAMOJA_PROXIES", "how many proxies of yours stand before the web service and add to X-Forwarded-For", "0"),
    Setting("PAMOJA_AT_USERNAME", "your Africa's Talking user name; `sandbox` is their sandbox", "sandbox (demo)", required=True),
    Setting("PAMOJA_AT_API_KEY", "your Africa's Talking API key", "made by `pamoja up` (demo)", required=True),
    Setting("PAMOJA_AT_SENDER", "the sender name or short code that Africa's Talking registered for you", ""),
    Setting("PAMOJA_AT_URL", "another far side in place of Africa's Talking; refused in production", "the fake (demo)"),
    Setting("PAMOJA_PHONE", "`on` shows the phone page at /phone; in production only to operators who are signed in", "on in a demo, off in production"),
    Setting("PAMOJA_SCREEN_SEPTETS", "the room of a screen, the prefix included: 160 at Safaricom, up to 182 elsewhere", "160"),
    Setting("PAMOJA_OPENING_SEPTETS", "the room of the first screen of a call; some gateways cut it there", "140"),
    Setting("PAMOJA_NETWORK_SEPTETS", "`network:septets` where one gives another room, split by commas; the networks as the provider names them", "63903:182"),
    Setting("PAMOJA_NETWORK_LETTERS", "`network:letters` where a phone may send more than 80 letters in one answer, or fewer, split by commas", "63903:90"),
    Setting("PAMOJA_SMS_PRICE", "what an SMS to your short code costs a member, as it is said to them: `KES 1`; empty: you pay, and we say that it is free"),
    Setting("PAMOJA_METRICS_PORT", "the loopback port of /metrics; 0 is off", "<port> + 1"),
    Setting("PAMOJA_WEB_PROCESSES", "processes of the web service", "2"),
    Setting("PAMOJA_WEB_THREADS", "threads in each; a turn that waits for a posting holds one", "4"),
    Setting("PAMOJA_LOG_LEVEL", "`debug`, `info`, `warning` or `error`", "info"),
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    mode: Literal["demo", "production"]
    home: Path
    host: str
    port: int
    public_url: str
    database_url: str
    redis_url: str
    secret_key: str
    peppers: Mapping[str, bytes]
    webhook_tokens: tuple[str, ...]
    allowed_addresses: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
    proxies: int
    at_username: str
    at_api_key: str
    at_sender: str
    at_url: str
    phone: bool
    screen_septets: int
    opening_septets: int
    network_septets: Mapping[str, int]
    network_letters: Mapping[str, int]
    sms_price: str
    metrics_port: int
    web_processes: int
    web_threads: int
    log_level: str

    @property
    def demo(self) -> bool:
        return self.mode == "demo"

    def __repr__(self) -> str:
        return f"Settings(mode={self.mode!r}, home={str(self.home)!r}, port={self.port})"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the environment, and in a demo what `pamoja up` saved. Raises Wrong with every problem there is."""
        return _Reader(dict(os.environ if environ is None else environ)).settings()


class _Reader:
    def __init__(self, environ: dict[str, str]) -> None:
        self.problems: list[str] = []
        self.home = Path(environ.get("PAMOJA_HOME") or ".pamoja").absolute()
        saved = self._saved()
        self.given = {**saved, **{name: value for name, value in environ.items() if value}}
        self.mode = self.text("PAMOJA_MODE") or "production"

    def _saved(self) -> dict[str, str]:
        file = self.home / SAVED
        if not file.exists():
            return {}
        try:
            return {str(name): str(value) for name, value in json.loads(file.read_text()).items()}
        except (ValueError, OSError, AttributeError) as error:
            self.problems.append(f"{file} cannot be read: {error}")
            return {}

    def text(self, name: str) -> str:
        setting = next(one for one in SETTINGS if one.name == name)
        value = self.given.get(name) or (self.given.get(setting.also) if setting.also else None) or ""
        if not value and setting.required:
            self.problems.append(f"{name} is missing: {setting.about}")
        return value.strip()

    def number(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name)
        if not value:
            return default
        if not value.isdigit() or not low <= int(value) <= high:
            self.problems.append(f"{name} is {value!r}; it must be a number from {low} to {high}")
            return default
        return int(value)

    def parsed(self, name: str, parse: Callable[[str], Any], empty: Any) -> Any:
        value = self.text(name)
        if not value:
            return empty
        try:
            return parse(value)
        except ValueError as error:
            self.problems.append(f"{name} cannot be read: {error}")
            return empty

    def settings(self) -> Settings:
        if self.mode not in ("demo", "production"):
            self.problems.append(f"PAMOJA_MODE is {self.mode!r}; it must be demo or production")
        production = self.mode == "production"
        port = self.number("PAMOJA_PORT", 8080, 1, 65_535)
        if not self.given.get("PAMOJA_PUBLIC_URL") and not production:
            self.given["PAMOJA_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
        tokens = tuple(filter(None, (one.strip() for one in self.text("PAMOJA_WEBHOOK_TOKENS").split(","))))
        settings = Settings(
            mode="production" if production else "demo",
            home=self.home,
            host=self.text("PAMOJA_HOST") or "127.0.0.1",
            port=port,
            public_url=self.text("PAMOJA_PUBLIC_URL").rstrip("/"),
            database_url=self.text("PAMOJA_DATABASE_URL"),
            redis_url=self.text("PAMOJA_REDIS_URL"),
            secret_key=self.text("PAMOJA_SECRET_KEY"),
            peppers=self.parsed("PAMOJA_PIN_PEPPERS", _peppers, {}),
            webhook_tokens=tokens,
            allowed_addresses=self.parsed("PAMOJA_ALLOWED_ADDRESSES", _networks, ()),
            proxies=self.number("PAMOJA_PROXIES", 0, 0, 9),
            at_username=self.text("PAMOJA_AT_USERNAME"),
            at_api_key=self.text("PAMOJA_AT_API_KEY"),
            at_sender=self.text("PAMOJA_AT_SENDER"),
            at_url=self.text("PAMOJA_AT_URL").rstrip("/"),
            phone=self.parsed("PAMOJA_PHONE", _switch, not production),
            screen_septets=self.number("PAMOJA_SCREEN_SEPTETS", 160, 100, 182),
            opening_septets=self.number("PAMOJA_OPENING_SEPTETS", 140, 100, 182),
            network_septets=self.parsed("PAMOJA_NETWORK_SEPTETS", _rooms, {"63903": 182}),
            network_letters=self.parsed("PAMOJA_NETWORK_LETTERS", _letters, {"63903": 90}),
            sms_price=self.text("PAMOJA_SMS_PRICE"),
            metrics_port=self.number("PAMOJA_METRICS_PORT", port + 1, 0, 65_535),
            web_processes=self.number("PAMOJA_WEB_PROCESSES", 2, 1, 64),
            web_threads=self.number("PAMOJA_WEB_THREADS", 4, 1, 64),
            log_level=self.text("PAMOJA_LOG_LEVEL") or "info",
        )
        self._weigh(settings, production)
        if self.problems:
            raise Wrong(self.problems)
        return settings

    def _weigh(self, settings: Settings, production: bool) -> None:
        """What is there and still cannot be used."""
        say = self.problems.append
        if settings.secret_key and len(settings.secret_key) < SECRET_LEAST:
            say(f"PAMOJA_SECRET_KEY is too short: {SECRET_LEAST} characters or more")
        if settings.metrics_port == settings.port:
            say(f"PAMOJA_METRICS_PORT is {settings.port}, the port of the web service; it must be another, or 0")
        if len(settings.webhook_tokens) > 2:
            say("PAMOJA_WEBHOOK_TOKENS holds more than two tokens")
        for token in settings.webhook_tokens:
            if len(token) < SECRET_LEAST or not token.replace("-", "").replace("_", "").isalnum():
                say(f"a token of PAMOJA_WEBHOOK_TOKENS is weak: {SECRET_LEAST} letters, digits, - and _ or more")
        if settings.database_url and not settings.database_url.startswith(("sqlite:///", "postgresql://")):
            say("PAMOJA_DATABASE_URL must begin with postgresql:// or sqlite:///")
        if settings.redis_url and not settings.redis_url.startswith(("redis://", "rediss://", "unix://")):
            say("PAMOJA_REDIS_URL must begin with redis://, rediss:// or unix://")
        if len(settings.sms_price) > PRICE_MOST:
            say(f"PAMOJA_SMS_PRICE is too long: {PRICE_MOST} characters at most, like KES 1")
        if settings.log_level not in ("debug", "info", "warning", "error"):
            say(f"PAMOJA_LOG_LEVEL is {settings.log_level!r}; it must be debug, info, warning or error")
        if settings.public_url and urlsplit(settings.public_url).scheme not in (("https",) if production else ("http", "https")):
            say("PAMOJA_PUBLIC_URL must begin with https:// in production")
        if production and settings.at_url:
            say("PAMOJA_AT_URL is for tests and demos; production speaks to Africa's Talking itself")
        if not production and not settings.at_url:
            say("PAMOJA_AT_URL is missing: a demo never speaks to the real Africa's Talking")


def _peppers(value: str) -> dict[str, bytes]:
    peppers = {}
    for part in value.split(","):
        name, _, key = part.strip().partition(":")
        if not name.isalnum() or len(key) < SECRET_LEAST:
            raise ValueError(f"each is id:hex with {SECRET_LEAST} hex digits or more")
        peppers[name] = bytes.fromhex(key)
    return peppers


def _networks(value: str) -> tuple[Any, ...]:
    return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())


def _rooms(value: str) -> dict[str, int]:
    return _by_network(value, "septets", 100)


def _letters(value: str) -> dict[str, int]:
    return _by_network(value, "letters", 20)


def _by_network(value: str, name: str, least: int) -> dict[str, int]:
    found = {}
    for part in value.split(","):
        network, _, number = part.strip().partition(":")
        if not network or not number.isdigit() or not least <= int(number) <= 182:
            raise ValueError(f"each is network:{name}, the {name} from {least} to 182")
        found[network.lower()] = int(number)
    return found


def _switch(value: str) -> bool:
    if value.lower() not in ("on", "off"):
        raise ValueError("it is on or off")
    return value.lower() == "on"
