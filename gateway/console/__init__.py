"""The operators' window: server-rendered pages, a file a subject, one table, one form, one timeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, Flask, redirect
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from gateway.console import feedback, guard, login, transactions
from gateway.site import Site

HERE = Path(__file__).parent


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
    console = guard.blueprint(site)
    for subject in (login, transactions, feedback):
        subject.hang_into(console, site)
    app.register_blueprint(console)
    csrf = CSRFProtect(app)
    for machine in machines:
        csrf.exempt(machine)
    app.after_request(guard.dress)

    @app.get("/")
    def root() -> Response:
        return redirect("/console")
