"""Joins the rooms: the checked book and its engine, the webhooks, the phone and the console hung into one Flask app."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway import console
from gateway.channels import simulator
from gateway.channels.africastalking import hearing
from gateway.channels.africastalking.hops import hang_before
from gateway.channels.hubtel import hearing as hubtel
from gateway.checked import make_engine
from gateway.conversation import Conversation
from gateway.observe import log, set_up_logs
from gateway.settings import Settings
from gateway.site import Site
from gateway.store.migrate import is_current
from gateway.texting import Texting


def join(site: Site | None) -> Flask:
    if site is None:
        site = Site(Settings.from_env())
        set_up_logs("web", site.settings.log_level)
    engine = make_engine(site.settings)
    conversation, texting = Conversation(site, engine), Texting(site, engine)
    app = Flask("pamoja", static_folder=None)
    app.config.update(SECRET_KEY=site.settings.secret_key, MAX_CONTENT_LENGTH=64 * 1024, MAX_FORM_MEMORY_SIZE=64 * 1024)
    app.extensions["pamoja"] = {"site": site, "conversation": conversation, "texting": texting}
    hang_before(app, site, conversation)
    if site.settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=site.settings.proxies, x_proto=site.settings.proxies)  # type: ignore[method-assign]
    machines = [hearing.blueprint(site, conversation, texting), hubtel.blueprint(site, conversation)]
    if site.settings.phone:
        machines.append(simulator.blueprint(site))
    for machine in machines:
        app.register_blueprint(machine)
    console.hang_into(app, site, machines)

    @app.get("/healthz")
    def alive() -> Response:
        """The process answers."""
        return Response("ok", content_type="text/plain")

    @app.get("/readyz")
    def ready() -> Response:
        """The database is there and migrated, and Redis answers: hops can be taken."""
        parts: dict[str, Callable[[], object]] = {"database": lambda: is_current(site.engine), "redis": site.redis.ping}
        for name, works in parts.items():
            try:
                fine = works()
            except Exception as error:
                log.warning("not_ready", name=name, error=type(error).__name__)
                fine = False
            if not fine:
                return Response(f"{name} is not ready", 503, content_type="text/plain")
        return Response("ready", content_type="text/plain")

    return app
