"""Settings name everything that is missing or wrong at once, and production refuses what is weak."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.settings import SAVED, SETTINGS, Settings, Wrong

PRODUCTION = {
    "PAMOJA_MODE": "production", "PAMOJA_PUBLIC_URL": "https://pamoja.example", "PAMOJA_DATABASE_URL": "postgresql://db/pamoja", "PAMOJA_REDIS_URL": "redis://r",
    "PAMOJA_SECRET_KEY": "k" * 32,
    "PAMOJA_PIN_PEPPERS": "p2:" + "cd" * 32 + ",p1:" + "ab" * 32, "PAMOJA_WEBHOOK_TOKENS": "t" * 32, "PAMOJA_AT_USERNAME": "coop",
    "PAMOJA_AT_API_KEY": "atsk_x", "PAMOJA_HOME": "/nonexistent",
}  # fmt: skip


def problems(**changed: str) -> list[str]:
    with pytest.raises(Wrong) as wrong:
        Settings.from_env({**PRODUCTION, **changed})
    return wrong.value.problems


def test_production_needs_nine_things_and_says_all_that_are_missing() -> None:
    with pytest.raises(Wrong) as wrong:
        Settings.from_env({"PAMOJA_HOME": "/nonexistent"})

    named = {problem.split()[0] for problem in wrong.value.problems}
    assert named == {setting.name for setting in SETTINGS if setting.required}


def test_good_settings_are_read() -> None:
    settings = Settings.from_env({**PRODUCTION, "PAMOJA_ALLOWED_ADDRESSES": "10.0.0.0/8,::1/128", "PORT": "9000"})

    assert (settings.mode, settings.phone, settings.port, settings.metrics_port) == ("production", False, 9000, 9001)
    assert list(settings.peppers) == ["p2", "p1"]
    assert len(settings.allowed_addresses) == 2


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PAMOJA_MODE", "staging", "PAMOJA_MODE is 'staging'; it must be demo or production"),
        ("PAMOJA_PORT", "many", "PAMOJA_PORT is 'many'; it must be a number from 1 to 65535"),
        ("PAMOJA_PORT", "99999", "PAMOJA_PORT is '99999'; it must be a number from 1 to 65535"),
        ("PAMOJA_SECRET_KEY", "short", "PAMOJA_SECRET_KEY is too short: 32 characters or more"),
        ("PAMOJA_WEBHOOK_TOKENS", "short", "a token of PAMOJA_WEBHOOK_TOKENS is weak: 32 letters, digits, - and _ or more"),
        ("PAMOJA_WEBHOOK_TOKENS", ",".join(["t" * 32] * 3), "PAMOJA_WEBHOOK_TOKENS holds more than two tokens"),
        ("PAMOJA_PUBLIC_URL", "http://pamoja.example", "PAMOJA_PUBLIC_URL must begin with https:// in production"),
        ("PAMOJA_DATABASE_URL", "mysql://x", "PAMOJA_DATABASE_URL must begin with postgresql:// or sqlite:///"),
        ("PAMOJA_REDIS_URL", "http://x", "PAMOJA_REDIS_URL must begin with redis://, rediss:// or unix://"),
        ("PAMOJA_PIN_PEPPERS", "nonsense", "PAMOJA_PIN_PEPPERS cannot be read: each is id:hex with 32 hex digits or more"),
        ("PAMOJA_ALLOWED_ADDRESSES", "everywhere", "PAMOJA_ALLOWED_ADDRESSES cannot be read: 'everywhere' does not appear to be an IPv4 or IPv6 network"),
        ("PAMOJA_PHONE", "yes", "PAMOJA_PHONE cannot be read: it is on or off"),
        ("PAMOJA_METRICS_PORT", "8080", "PAMOJA_METRICS_PORT is 8080, the port of the web service; it must be another, or 0"),
        ("PAMOJA_LOG_LEVEL", "loud", "PAMOJA_LOG_LEVEL is 'loud'; it must be debug, info, warning or error"),
        ("PAMOJA_AT_URL", "http://127.0.0.1:1", "PAMOJA_AT_URL is for tests and demos; production speaks to Africa's Talking itself"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence(name: str, value: str, said: str) -> None:
    assert said in problems(**{name: value})


def test_several_problems_come_together() -> None:
    assert len(problems(PAMOJA_PORT="x", PAMOJA_SECRET_KEY="x", PAMOJA_PHONE="x")) == 3


def test_a_demo_never_speaks_to_the_real_provider() -> None:
    assert any("a demo never speaks" in problem for problem in problems(PAMOJA_MODE="demo"))


def test_a_demo_reads_what_up_saved_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / SAVED).write_text(json.dumps({**PRODUCTION, "PAMOJA_MODE": "demo", "PAMOJA_AT_URL": "http://127.0.0.1:1"} | {"PAMOJA_PUBLIC_URL": ""}))
    settings = Settings.from_env({"PAMOJA_HOME": str(tmp_path), "PAMOJA_PORT": "9100"})

    assert settings.demo
    assert settings.public_url == "http://127.0.0.1:9100"


def test_settings_print_no_secret() -> None:
    settings = Settings.from_env(PRODUCTION)

    assert not any(secret in repr(settings) for secret in ("k" * 32, "t" * 32, "atsk_x", "ab" * 32))
