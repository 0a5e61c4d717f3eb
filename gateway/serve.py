"""Runs the web service under Granian."""

from __future__ import annotations

from granian import Granian
from granian.constants import Interfaces

from gateway.settings import Settings

WAITING_MOST = 256  # requests in line for a thread; more are turned away instead of waiting in vain


def serve(settings: Settings) -> None:
    """Until told to stop. Requests under way are finished first."""
    Granian(
        "wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_processes,
        blocking_threads=settings.web_threads,
        backpressure=WAITING_MOST,
        respawn_failed_workers=True,
        log_access=False,
        log_enabled=False,
    ).serve()
