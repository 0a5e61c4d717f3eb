"""The operators' window: who may come in, what they see, and what Mallory tries."""

from __future__ import annotations

import re

import pyotp
import pytest
from sqlalchemy import select, text

from gateway.community.courses.rows import courses
from gateway.community.items import rows as items
from gateway.community.kinds.rows import item_kinds
from gateway.community.sealed import rows as sealed
from gateway.console.guard import HEADERS
from gateway.operators import rows as operators
from gateway.operators.model import IDLE_MINUTES, LOGIN_TRIES, MAY, ROLES, SESSION_HOURS
from gateway.operators.verbs import make_operator
from gateway.store import audit
from tests.browser import csrf, looks_at, operator, sign_in
from tests.cast import OTIENO, PASSWORD, SECRET_KEY, SHORTCODE, TOTP, WANJIRU, Village, a_payment
from tests.looks import where

XSS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}} ${7*7} <svg/onload=alert(1)>", "=HYPERLINK(1)", "javascript:alert(1)"]


def test_grace_signs_in_with_a_second_factor_and_out(village: Village) -> None:
    web, answer = sign_in(village)

    assert answer.status_code == 302
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/"))
    page = web.get("/console/transactions").get_data(as_text=True)
    assert "Grace Njeri" in page
    web.post("/console/logout", data={"csrf_token": csrf(page)})
    assert web.get("/console/transactions").status_code == 302


@pytest.mark.parametrize(("login", "password", "code"), [("grace", "wrong", ""), ("nobody", PASSWORD, ""), ("grace", PASSWORD, "000000")])
def test_what_is_wrong_is_not_said(village: Village, login: str, password: str, code: str) -> None:
    _, answer = sign_in(village, login, password, code)

    assert answer.status_code == 401
    assert "Login, password or code is not right." in answer.get_data(as_text=True)


def test_a_code_is_good_once(village: Village) -> None:
    code = pyotp.TOTP(TOTP).at(village.clock.at)

    assert sign_in(village, code=code)[1].status_code == 302
    assert sign_in(village, code=code)[1].status_code == 401


def test_a_recovery_code_is_good_once(village: Village) -> None:
    with village.world() as world:
        code = make_operator(world, login="lost", name="Lost", role="support", secret_key=SECRET_KEY, password=PASSWORD).recovery_codes[0]

    assert sign_in(village, "lost", PASSWORD, code)[1].status_code == 302
    assert sign_in(village, "lost", PASSWORD, code)[1].status_code == 401


def test_guessing_is_slowed_and_nobody_is_locked_out_for_good(village: Village) -> None:
    for _ in range(LOGIN_TRIES):
        sign_in(village, password="wrong")

    assert "Too many tries" in sign_in(village)[1].get_data(as_text=True)
    village.clock.passes(minutes=6)
    assert sign_in(village)[1].status_code == 302


def test_a_session_ends_when_idle_and_with_the_day(village: Village) -> None:
    web, _ = sign_in(village)
    village.clock.passes(minutes=IDLE_MINUTES + 1)
    assert web.get("/console/transactions").status_code == 302

    web, _ = sign_in(village)
    for _ in range(SESSION_HOURS * 6 - 1):
        village.clock.passes(minutes=10)
        last = web.get("/console/transactions").status_code
    village.clock.passes(minutes=10)
    assert last == 200
    assert web.get("/console/transactions").status_code == 302


def test_the_database_holds_no_usable_session(village: Village) -> None:
    answer = sign_in(village)[1]
    token = re.search(r"pamoja-\d+=([^;]+)", answer.headers["Set-Cookie"])[1]  # type: ignore[index]
    with village.world() as world:
        kept = [row.hash for row in world.read.execute(select(operators.operator_sessions))]
        kept_sealed = [row.totp_sealed for row in world.read.execute(select(operators.operators))]

    assert token not in kept
    assert TOTP not in kept_sealed


def routes(village: Village) -> list[tuple[str, str, str]]:
    """(rule, method, permission) of every route of the console."""
    found = []
    for rule in village.app.url_map.iter_rules():
        if rule.endpoint.startswith("console."):
            permission = getattr(village.app.view_functions[rule.endpoint], "permission", None)
            found += [(rule.rule, method, permission) for method in rule.methods & {"GET", "POST"}]
    return found


def filled(rule: str) -> str:
    """An address with something in its places."""
    number = "1007" if "/items/" in rule else "54321" if "/sealed/" in rule else "1001"
    return rule.replace("<int:id>", "1").replace("<code>", "FLOAT").replace("<what>", "status").replace("<action>", "resume").replace("<number>", number)


def a_sealed_thing(world) -> None:
    for login in ("mary", "peter"):
        sealed.add_key(world, login=login, public="-", private="-", salt="-")
    id = items.add(
        world, key="sealed", number="54321", kind="wrong", topic="", words="kilos", state="new", member_id=None, phone="", about="sealed", channel="sealed",
        shown="sealed", group_id=None, language="en",
    )  # fmt: skip
    sealed.add_name(world, id, [(one.id, "-") for one in sealed.live_keys(world)])


def a_kind_and_a_course(world) -> None:
    here = {"organisation_id": world.organisation.id, "by": "grace", "made_at": world.now()}
    said = {"code": "own-lost", "word": "POTEA", "name_en": "Lost", "name_sw": "", "ask_en": "What?", "ask_sw": "", "on": True}
    world.write.execute(item_kinds.insert().values(id=1, **said, **here))
    world.write.execute(courses.insert().values(id=1, number="1001", title="Calf feeding", state="open", **here))


def test_every_route_declares_who_may_use_it(sqlite_village: Village) -> None:
    undeclared = [rule for rule, _, permission in routes(sqlite_village) if permission is None]

    assert not undeclared


@pytest.mark.parametrize("role", ROLES)
def test_every_role_gets_what_is_its_own_and_nothing_else(sqlite_village: Village, role: str) -> None:
    a_payment(sqlite_village)
    sqlite_village.places()
    sqlite_village.phone(WANJIRU).texts("IDEA pay on Friday", SHORTCODE)
    with sqlite_village.world() as world:
        a_sealed_thing(world)
        a_kind_and_a_course(world)
    web = operator(sqlite_village, role)
    token = csrf(web.get("/console/nothing").get_data(as_text=True))
    for rule, method, permission in routes(sqlite_village):
        if permission in ("anybody", "signed in"):
            continue
        path = filled(rule)
        answer = web.get(path) if method == "GET" else web.post(path, data={"csrf_token": token, "state": "seen"})
        allowed = permission in MAY[role]  # type: ignore[index]

        body = answer.get_data(as_text=True)
        assert (answer.status_code == 404 and "not yours to see" in body) or allowed, (role, path)
        if allowed and "<int:id>" not in rule:
            expected = {"/console/ask/resume": 400, "/console/polls": 422}.get(path, 302)  # nothing to resume here; no poll without questions
            assert answer.status_code == (200 if method == "GET" else expected), path


def test_a_stranger_sees_nothing(sqlite_village: Village) -> None:
    web = sqlite_village.app.test_client()
    for rule, method, permission in routes(sqlite_village):
        if permission == "anybody":
            continue
        path = filled(rule)
        answer = web.get(path) if method == "GET" else web.post(path)

        assert answer.status_code in (302, 400), path
        assert "Wanjiru" not in answer.get_data(as_text=True)


def test_nothing_changes_without_a_token_or_from_elsewhere(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    sqlite_village.phone(WANJIRU).texts("will it rain today", SHORTCODE)
    web, _ = sign_in(sqlite_village)
    page = web.get("/console/feedback").get_data(as_text=True)
    path, token = re.search(r'action="(/console/feedback/\d+)"', page)[1], csrf(page)  # type: ignore[index]

    assert web.post(path, data={"state": "closed"}).status_code == 400
    assert web.post(path, data={"state": "closed", "csrf_token": token}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert web.post(path, data={"state": "gone", "csrf_token": token}).status_code == 400
    assert web.post(path, data={"state": "closed", "csrf_token": token}).status_code == 302
    with sqlite_village.world() as world:
        noted = [(row.actor, row.action) for row in world.read.execute(select(audit.audit).order_by(audit.audit.c.seq))]
        assert audit.broken(world) is None
    assert noted == [("grace", "signed_in"), ("grace", "feedback_marked")]


def test_every_answer_carries_the_headers(sqlite_village: Village) -> None:
    web, _ = sign_in(sqlite_village)
    for path in ("/console/login", "/console/transactions", "/console/feedback", "/phone", "/static/console.css", "/nowhere", "/healthz"):
        answer = web.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (path, name)


def test_pages_have_no_inline_script_or_style_and_nothing_from_elsewhere(sqlite_village: Village) -> None:
    a_payment(sqlite_village)
    web, _ = sign_in(sqlite_village)
    for path in ("/console/login", "/console/transactions", "/console/feedback", "/phone"):
        page = web.get(path).get_data(as_text=True)

        assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=", page), path
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page), path


def test_the_log_shows_a_payment_and_filters_it(village: Village) -> None:
    a_payment(village)
    web, _ = sign_in(village)
    page = web.get("/console/transactions").get_data(as_text=True)
    ref = re.search(r'class="ref" href="[^"]+">(\w{8})<', page)[1]  # type: ignore[index]

    asking = web.get("/console/transactions?number=0711000001").get_data(as_text=True)
    assert "Why do you look?" in asking
    assert "KES 200" not in asking
    for number in ("0711000001", "0722000002"):
        looks_at(web, f"/console/transactions?number={number}", look=f"/console/transactions/look?number={number}")

    def rows(query: str) -> int:
        return web.get(f"/console/transactions?{query}").get_data(as_text=True).count("<tr>") - 1

    assert "KES 200" in page
    assert OTIENO not in page
    assert "+254 … 002" in page
    assert rows("") == 3
    assert [rows(f"number={number}") for number in ("0722000002", "%2B254722000002", "0711000001", "0799999999")] == [1, 1, 2, 0]
    assert (rows(f"ref={ref.lower()}"), rows("ref=XXXXXXXX")) == (1, 0)
    assert (rows("kind=transfer"), rows("kind=deposit"), rows("kind=reversal")) == (1, 2, 0)
    assert (rows("state=posted"), rows("state=pending")) == (3, 0)
    assert (rows("day=2026-11-23"), rows("day=2026-11-22")) == (3, 0)
    assert "hello is not a phone number." in web.get("/console/transactions?number=hello").get_data(as_text=True)


def test_the_live_log_brings_only_what_is_new(village: Village) -> None:
    a_payment(village)
    web, _ = sign_in(village)
    newest = re.search(r'data-newest="(\d+)"', web.get("/console/transactions").get_data(as_text=True))[1]  # type: ignore[index]
    assert web.get(f"/console/transactions?after={newest}").status_code == 204

    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*2*1*0722000002*50#")
    phone.types("4715")
    news = web.get(f"/console/transactions?after={newest}")
    assert news.get_data(as_text=True).count("<tr>") == 1
    assert news.headers["X-Newest"] > newest


def test_pages_are_found_by_key(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False
    from tests.test_workers import pay

    pay(village, 40)
    with village.world() as world:
        world.write.execute(text("UPDATE accounts SET held = held"))
    village.post()
    from gateway.members import log

    with village.world() as world:
        one = log.page(world, log.Filter(), most=20)
        two = log.page(world, log.Filter(), before=one[-1].id, most=20)
        three = log.page(world, log.Filter(), before=two[-1].id, most=20)

    ids = [line.id for line in one + two + three]
    assert len(ids) == len(set(ids)) == 42
    assert ids == sorted(ids, reverse=True)


def test_one_transaction_shows_its_whole_life(village: Village) -> None:
    a_payment(village)
    message = village.far_side.messages_to(OTIENO)[0]
    village.send("delivery", {"phoneNumber": OTIENO, "id": message.id, "status": "Success", "networkCode": "63902"})
    web, _ = sign_in(village)
    link = re.search(r'href="(/console/transactions/\d+)"', web.get("/console/transactions").get_data(as_text=True))[1]  # type: ignore[index]
    page = looks_at(web, link)
    told = re.sub(r"<[^>]+>", " ", page)

    for said in (
        "Hop 4: send.pin",
        "typed ****", "Call ended", "Asked for: transfer", "Posting 1: principal KES 200", "Posting 2: fee KES 5", "from Wanjiru", "to Otieno",
        "in batch ", "offered once", "SMS written to +254 … 002", "KES 200 from Wanjiru", "SMS handed over", "SMS report", "delivered",
    ):  # fmt: skip
        assert said in told, said
    assert not where("4715", page)
    assert not where("1111", page)


def test_a_draft_by_sms_shows_the_message_that_asked_for_it(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.texts("SEND 100 0722000002", SHORTCODE)
    phone.dials("*384*20417*9*1#")
    phone.types("4715")
    village.workers_run()
    web, _ = sign_in(village)
    link = re.search(r'href="(/console/transactions/\d+)"', web.get("/console/transactions").get_data(as_text=True))[1]  # type: ignore[index]

    assert "SEND 100 0722000002" in looks_at(web, link)


@pytest.mark.parametrize("payload", XSS)
def test_what_members_write_stays_words(sqlite_village: Village, payload: str) -> None:
    sqlite_village.everybody()
    sqlite_village.phone(WANJIRU).texts(f"IDEA {payload}", SHORTCODE)
    web, _ = sign_in(sqlite_village)
    page = web.get("/console/feedback").get_data(as_text=True)

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<svg/onload" not in page
    assert "49" not in re.search(r'class="words *">\s*(.*?)\s*</td>', page)[1]  # type: ignore[index]


def test_the_inbox_shows_and_marks_what_was_said(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    for words in ("IDEA pay on Friday", "WRONG the scale is off", "will it rain"):
        phone.texts(words, SHORTCODE)
    web, _ = sign_in(village)
    page = web.get("/console/feedback").get_data(as_text=True)

    assert all(words in page for words in ("pay on Friday", "the scale is off", "will it rain"))
    assert "pay on Friday" not in web.get("/console/feedback?kind=wrong").get_data(as_text=True)
    path = re.search(r'action="(/console/feedback/\d+)"', page)[1]  # type: ignore[index]
    web.post(path, data={"csrf_token": csrf(page), "state": "closed"})
    assert web.get("/console/feedback?state=closed").get_data(as_text=True).count('<span class="tag closed">') == 1


def test_where_it_is_not_a_demo_the_phone_is_for_operators(sqlite_village: Village, tmp_path) -> None:
    from gateway.joined import join as join_app
    from gateway.settings import Settings
    from gateway.site import Site
    from tests.test_settings import PRODUCTION

    environ = {**PRODUCTION, "PAMOJA_DATABASE_URL": sqlite_village.settings.database_url, "PAMOJA_REDIS_URL": sqlite_village.settings.redis_url}
    off = join_app(Site(Settings.from_env(environ))).test_client()
    on = join_app(Site(Settings.from_env({**environ, "PAMOJA_PHONE": "on"}))).test_client()

    assert off.get("/phone").status_code == 404
    assert on.get("/phone").status_code == 404
    assert on.post("/phone/hop", json={}).status_code in (403, 404)


@pytest.mark.parametrize("path", ["hop", "drop", "sms"])
@pytest.mark.parametrize("body", ["{}", "[]", "7", "not json", '{"number": "+254711000001"}'])
def test_what_is_no_press_of_the_phone_is_a_clear_error(sqlite_village: Village, path: str, body: str) -> None:
    assert sqlite_village.web.post(f"/phone/{path}", data=body, content_type="application/json").status_code == 400


def test_health_and_readiness(village: Village) -> None:
    assert village.web.get("/healthz").get_data() == b"ok"
    assert village.web.get("/readyz").status_code == 200
    assert village.web.get("/metrics").status_code == 404  # on a loopback port of its own


def test_signing_in_over_https_behind_a_proxy(sqlite_village: Village) -> None:
    """As a browser does it: a Referer of the same origin, which our own policy lets it send."""
    from gateway.joined import join as join_app
    from gateway.settings import Settings
    from gateway.site import Site
    from tests.test_settings import PRODUCTION

    environ = {**PRODUCTION, "PAMOJA_DATABASE_URL": sqlite_village.settings.database_url, "PAMOJA_REDIS_URL": sqlite_village.settings.redis_url}
    site = Site(Settings.from_env({**environ, "PAMOJA_PROXIES": "1", "PAMOJA_SECRET_KEY": SECRET_KEY}), sqlite_village.clock)
    web = join_app(site).test_client()
    proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1", "Host": "pamoja.example"}
    page = web.get("/console/login", headers=proxied, base_url="https://pamoja.example")
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" in page.headers
    form = {"csrf_token": csrf(page.get_data(as_text=True)), "login": "grace", "password": PASSWORD, "code": pyotp.TOTP(TOTP).at(sqlite_village.clock.at)}
    answer = web.post("/console/login", data=form, headers={**proxied, "Referer": "https://pamoja.example/console/login"}, base_url="https://pamoja.example")

    assert answer.status_code == 302
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-pamoja=")
    assert "Secure" in cookie
    site.close()


@pytest.mark.parametrize(
    "path", [f"groups/1001/votes/{'9' * 30}", f"drills/{'9' * 30}/fixed", f"panels/{'9' * 30}/end", "broken/10%0007/promise", "groups/%00"]
)
def test_addresses_that_name_nothing_are_not_found(village: Village, path: str) -> None:
    web, page = sign_in(village)
    page = web.get("/console/transactions").get_data(as_text=True)
    method = web.get if path.startswith("groups/%") else web.post
    assert method(f"/console/{path}", data={"csrf_token": csrf(page)}).status_code == 404
