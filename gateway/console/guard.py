"""Who may see which page. Every route declares a permission; one that declares none is not served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from gateway.community.items import rows as items
from gateway.community.items.model import Item, kind_of
from gateway.operators import verbs as operators
from gateway.operators.model import Permission, SignedIn
from gateway.site import Site

ANYBODY = "anybody"  # the login page
SIGNED_IN = "signed in"  # every role
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
HSTS = "max-age=31536000; includeSubDomains"


@dataclass(frozen=True)
class Page:
    """An entry of the navigation."""

    title: str
    endpoint: str
    permission: Permission


@dataclass(frozen=True)
class Subject:
    title: str
    pages: tuple[Page, ...]


# The navigation, by subject. A new page is a line here.
SUBJECTS = (
    Subject("Money", (
        Page("Transactions", "console.transactions", "money:read"),
        Page("Office", "console.office", "office:write"),
        Page("Roll", "console.roll", "members:read"),
        Page("Two persons", "console.approvals", "money:read"),
        Page("Open matters", "console.matters", "money:read"),
        Page("Pay many", "console.bulk", "money:read"),
        Page("Dividend", "console.dividend", "money:read"),
        Page("Produce", "console.produce", "money:read"),
    )),
    Subject("Books", (
        Page("The books", "console.books", "money:read"),
        Page("Accounts", "console.accounts", "money:read"),
        Page("Shops and bills", "console.shops", "money:read"),
        Page("Tariffs and limits", "console.prices", "money:read"),
        Page("Provider's statement", "console.imports", "money:read"),
    )),
    Subject("Voices", (
        Page("Five steps", "console.five_steps", "feedback:read"),
        Page("What is broken", "console.broken", "feedback:read"),
        Page("Feedback", "console.feedback", "feedback:read"),
        Page("Sealed words", "console.sealed", "feedback:read"),
        Page("Ideas", "console.ideas", "feedback:read"),
        Page("Polls", "console.polls", "feedback:read"),
        Page("Test groups", "console.panels", "feedback:read"),
        Page("Kinds of your own", "console.kinds", "feedback:read"),
        Page("Topics", "console.topics", "feedback:read"),
        Page("Day by day", "console.courses", "feedback:read"),
        Page("Who decides what", "console.decisions", "feedback:read"),
        Page("Needs", "console.needs_with_reward", "feedback:read"),
        Page("Helpers", "console.helpers", "feedback:read"),
        Page("Moderation", "console.moderation", "feedback:read"),
        Page("Groups", "console.groups", "groups:read"),
        Page("Leaders", "console.leaders", "groups:read"),
        Page("Health of groups", "console.group_health", "groups:read"),
        Page("Who is heard", "console.heard", "feedback:read"),
        Page("Good news", "console.good_news", "feedback:read"),
        Page("Data requests", "console.data_requests", "members:read"),
        Page("Calls to make", "console.calls", "feedback:read"),
        Page("Journeys", "console.journeys", "feedback:read"),
        Page("Measures", "console.measures", "feedback:read"),
        Page("Time and cost", "console.time_and_cost", "feedback:read"),
        Page("Fair share", "console.fair", "feedback:read"),
        Page("As a member", "console.drills", "feedback:read"),
    )),
)  # fmt: skip

View = Callable[..., Any]


def needs(permission: Permission | str) -> Callable[[View], View]:
    """Declares who may call a view."""

    def declared(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declared


def item_or_404(world: Any, number: str) -> Item:
    """What has this number and is for all to see: a case, and what is said without a name, have pages of their own."""
    found = items.by_number(world, number)
    if found is None or not kind_of(found.kind).public:
        abort(404)
    return found


def cookie_name(site: Site) -> str:
    return "__Host-pamoja" if site.settings.public_url.startswith("https") else f"pamoja-{site.settings.port}"


def signed_in_or_none(site: Site) -> SignedIn | None:
    """Who is signed in on this request."""
    token = request.cookies.get(cookie_name(site), "")
    organisations = site.organisations()
    if not token or not organisations:
        return None
    with site.world(organisations[0]) as world:
        return operators.signed_in(world, token)


def blueprint(site: Site) -> Blueprint:
    console = Blueprint("console", __name__, url_prefix="/console", template_folder="templates")

    @console.before_request
    def check() -> Response | None:
        from flask import current_app

        if "\0" in request.path:  # no name of ours has one, and PostgreSQL takes none
            abort(404)
        view = current_app.view_functions[request.endpoint or ""]
        permission = getattr(view, "permission", None)
        if permission is None:
            abort(403)
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") not in (None, "same-origin"):
            abort(403)
        g.signed_in = signed_in_or_none(site)
        if permission == ANYBODY:
            return None
        if g.signed_in is None:
            return redirect(url_for("console.login", next=request.path if request.method == "GET" else None))
        if permission != SIGNED_IN and not g.signed_in.operator.may(permission):
            abort(404)
        return None

    @console.context_processor
    def frame() -> dict[str, Any]:
        signed_in: SignedIn | None = g.get("signed_in")
        may = signed_in.operator.may if signed_in else (lambda _: False)
        subjects = [(subject.title, [page for page in subject.pages if may(page.permission)]) for subject in SUBJECTS]
        organisation = site.organisation(signed_in.operator.organisation_id) if signed_in else None
        return {
            "signed_in": signed_in, "organisation": organisation, "demo": site.settings.demo,
            "subjects": [(title, pages) for title, pages in subjects if pages],
        }  # fmt: skip

    @console.errorhandler(404)
    def not_here(_: Any) -> tuple[str, int]:
        from flask import render_template

        return render_template("message.html", title="Not found", words="There is no such page, or it is not yours to see."), 404

    return console


def world_of(site: Site) -> Any:
    """A unit of work for the organisation of who is signed in."""
    return site.world(site.organisation(g.signed_in.operator.organisation_id))


def dress(response: FlaskResponse) -> FlaskResponse:
    """The headers of every answer: nothing from elsewhere, nothing inline, nothing framed, nothing kept."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
