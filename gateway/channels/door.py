"""Who may knock: it signs nothing and sends no secret, so the secret is in the path; its addresses are shared by all its customers."""

from __future__ import annotations

import hmac
import ipaddress

from gateway.observe import metrics
from gateway.settings import Settings


def knows(settings: Settings, token: str) -> bool:
    """Whether this is a live token. Every one is compared, each in constant time."""
    known = [hmac.compare_digest(token.encode(), live.encode()) for live in settings.webhook_tokens]
    if not any(known):
        metrics.refused.labels("token").inc()
    return any(known)


def allows(settings: Settings, address: str | None) -> bool:
    """Whether a call may come from this address; any may when none are listed."""
    if not settings.allowed_addresses:
        return True
    try:
        asked = ipaddress.ip_address(address or "")
    except ValueError:
        asked = None
    allowed = asked is not None and any(asked in network for network in settings.allowed_addresses)
    if not allowed:
        metrics.refused.labels("address").inc()
    return allowed
