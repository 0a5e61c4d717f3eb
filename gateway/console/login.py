"""Sign in with a second factor, sign out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from gateway.console.guard import ANYBODY, SIGNED_IN, SUBJECTS, cookie_name, needs
from gateway.operators import verbs as operators
from gateway.operators.model import SESSION_HOURS, Operator, Wait, WrongLogin
from gateway.site import Site
from gateway.store import audit


class LoginForm(FlaskForm):  # type: ignore[misc]
    login = StringField("Login", [InputRequired(), Length(max=40)], render_kw={"autocomplete": "username", "autofocus": True})
    password = PasswordField("Password", [InputRequired(), Length(max=200)], render_kw={"autocomplete": "current-password"})
    code = StringField("Code of your second factor", [InputRequired(), Length(max=20)], render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"})


def home_of(operator: Operator) -> str:
    """Who looks after the community, or decides for it, begins with its five steps; everybody else with the first page that this role may see."""
    if operator.may("feedback:read") and not operator.may("money:read"):
        return url_for("console.five_steps")
    return next((url_for(page.endpoint) for subject in SUBJECTS for page in subject.pages if operator.may(page.permission)), url_for("console.nothing"))


def hang_into(console: Blueprint, site: Site) -> None:
    @console.route("/login", methods=["GET", "POST"])
    @needs(ANYBODY)
    def login() -> Any:
        form, said = LoginForm(), ""
        if g.signed_in:
            return redirect(home_of(g.signed_in.operator))
        if form.validate_on_submit():
            with site.world(site.organisations()[0]) as world:
                came = operators.sign_in(
                    world, form.login.data.strip(), form.password.data, form.code.data.strip(), request.remote_addr or "", site.settings.secret_key
                )
            match came:
                case (token, who):
                    return _welcome(token, who.operator)
                case Wait(seconds):
                    said = f"Too many tries. Please wait {seconds // 60 + 1} minutes."
                case WrongLogin():
                    said = "Login, password or code is not right."
        return render_template("login.html", form=form, said=said), 401 if said else 200

    def _welcome(token: str, operator: Operator) -> Response:
        with site.world(site.organisation(operator.organisation_id)) as world:
            audit.note(world, operator.login, "signed_in", operator.login)
        wanted = request.args.get("next", "")
        there = wanted if wanted.startswith("/console") and "//" not in wanted and "\\" not in wanted else home_of(operator)
        response = redirect(there)
        secure = site.settings.public_url.startswith("https")
        response.set_cookie(cookie_name(site), token, max_age=SESSION_HOURS * 3600, httponly=True, samesite="Strict", secure=secure, path="/")
        return response

    @console.post("/logout")
    @needs(SIGNED_IN)
    def logout() -> Response:
        with site.world(site.organisation(g.signed_in.operator.organisation_id)) as world:
            operators.sign_out(world, g.signed_in.session)
        response = redirect(url_for("console.login"))
        response.delete_cookie(cookie_name(site), path="/")
        return response

    @console.get("")
    @needs(SIGNED_IN)
    def index() -> Response:
        return redirect(home_of(g.signed_in.operator))

    @console.get("/nothing")
    @needs(SIGNED_IN)
    def nothing() -> str:
        return render_template("message.html", title="Welcome", words="Your role has no pages here yet. Operators are managed with `pamoja add-operator`.")
