"""What happens now: the web service, the ledger, the members, the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from gateway.site import Site


def create_app(site: Site | None = None) -> Flask:
    """The web service. The one place where everything is joined."""
    from gateway.joined import join

    return join(site)
