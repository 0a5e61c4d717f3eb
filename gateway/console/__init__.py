"""The operators' window: server-rendered pages, a file a subject, one table, one form, one timeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, Flask, redirect, render_template
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response

from gateway.console import (
    accounts,
    approvals,
    bargain,
    books,
    bulk,
    calls,
    commons,
    courses,
    decisions,
    dividend,
    drills,
    feedback,
    good_news,
    groups,
    guard,
    helping,
    ideas,
    imports,
    incidents,
    journeys,
    kinds,
    leaders,
    login,
    matters,
    minutes,
    moderation,
    needs,
    office,
    own_data,
    panels,
    polls,
    prices,
    produce,
    roll,
    sealed,
    shops,
    steering,
    tips,
    topics,
    transactions,
    voices,
    writing,
)
from gateway.site import Site

HERE = Path(__file__).parent
SUBJECTS = (
    login,
    transactions,
    office,
    own_data,
    roll,
    approvals,
    matters,
    bulk,
    dividend,
    produce,
    books,
    accounts,
    shops,
    prices,
    imports,
    incidents,
    feedback,
    sealed,
    ideas,
    steering,
    polls,
    panels,
    kinds,
    voices,
    writing,
    good_news,
    moderation,
    needs,
    groups,
    leaders,
    commons,
    helping,
    tips,
    topics,
    courses,
    calls,
    journeys,
    minutes,
    bargain,
    decisions,
    drills,
)


class Id(IntegerConverter):
    """A number in an address, as large as what it names can be: the database knows no larger one."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**63 - 1)


def hang_into(app: Flask, site: Site, machines: Sequence[Blueprint]) -> None:
    """The console at /console, the static files, and the headers that every page carries.

    `machines` are blueprints that no browser form posts to; each guards itself.
    """
    app.static_folder, app.static_url_path = str(HERE / "static"), "/static"
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=app.send_static_file)
    secure = site.settings.public_url.startswith("https")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-pamoja-form" if secure else f"pamoja-form-{site.settings.port}",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SEND_FILE_MAX_AGE_DEFAULT=86_400,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
    )
    app.url_map.converters["int"] = Id
    console = guard.blueprint(site)
    for subject in SUBJECTS:
        subject.hang_into(console, site)
    app.register_blueprint(console)
    csrf = CSRFProtect(app)
    for machine in machines:
        csrf.exempt(machine)
    app.after_request(guard.dress)

    @app.errorhandler(404)
    def not_here(_: object) -> tuple[str, int]:
        """An address that nobody knows, in the frame where it is one of the console's."""
        return render_template("message.html", title="Not found", words="There is no such page, or it is not yours to see."), 404

    @app.get("/")
    def root() -> Response:
        return redirect("/console")
