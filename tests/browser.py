"""The console as a browser uses it: sign in, open a page, press a button of it."""

from __future__ import annotations

import html
import re

import pyotp
from flask.testing import FlaskClient

from gateway.operators.verbs import make_operator
from tests.cast import PASSWORD, SECRET_KEY, TOTP, Village


def csrf(page: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]  # type: ignore[index]


def looks_at(web: FlaskClient, path: str, why: str = "asked", look: str = "") -> str:
    """A page of what is one member's, after the person of the staff has said why they look."""
    asking = web.get(path).get_data(as_text=True)
    assert "Why do you look?" in asking
    data = {"csrf_token": csrf(asking), "look-reason": why}
    return web.post(look or f"{path}/look", data=data, follow_redirects=True).get_data(as_text=True)


def sign_in(village: Village, login: str = "grace", password: str = PASSWORD, code: str = "", client: FlaskClient | None = None):
    web = client or village.app.test_client()
    page = web.get("/console/login").get_data(as_text=True)
    code = code or pyotp.TOTP(TOTP).at(village.clock.at)
    answer = web.post("/console/login", data={"csrf_token": csrf(page), "login": login, "password": password, "code": code})
    return web, answer


def operator(village: Village, role: str) -> FlaskClient:
    with village.world() as world:
        make_operator(world, login=f"a-{role}", name=role, role=role, secret_key=SECRET_KEY, password=PASSWORD, totp=TOTP)  # type: ignore[arg-type]
    return sign_in(village, f"a-{role}")[0]


def page(web: FlaskClient, path: str) -> str:
    answer = web.get(f"/console/{path}")
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def press(web: FlaskClient, path: str, on: str = "moderation", **fields: str) -> str:
    """Send a form as the browser would, with the names that its fields have on the page, and read the page that comes."""
    shown = page(web, on)
    form = next((one for one in re.findall(r"<form.*?</form>", shown, re.S) if f'action="/console/{path}"' in one), "")
    names = {name.split("-")[-1]: name for name in re.findall(r'name="([^"]+)"', form)}
    hidden = {re.search(r'name="([^"]+)"', one)[1]: re.search(r'value="([^"]*)"', one) for one in re.findall(r'<input[^>]*type="hidden"[^>]*>', form)}  # type: ignore[index]
    kept = {name: html.unescape(value[1]) for name, value in hidden.items() if value}
    data = {**kept, "csrf_token": csrf(shown), **{names.get(name, name): value for name, value in fields.items()}}
    return web.post(f"/console/{path}", data=data, follow_redirects=True).get_data(as_text=True)
