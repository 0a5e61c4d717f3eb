"""Hand one message to the provider."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from gateway.channels.africastalking.sending import AfricasTalking
from gateway.members.sharing import addressed
from gateway.observe import log, metrics
from gateway.records.model import phone_of
from gateway.records.verbs import begin_sending, note_outcome
from gateway.site import Site
from workers.jobs import held

_ports: WeakKeyDictionary[Site, AfricasTalking] = WeakKeyDictionary()


def send_text(organisation_id: int, text_id: int) -> str:
    """Mark it as being sent, ask the provider, note what came of it. A dead worker leaves a mark that the next one finds."""
    site = held()
    organisation = site.organisation(organisation_id)
    with site.world(organisation) as world:
        text = begin_sending(world, text_id)
        if text is None:
            return "nothing"
        words = addressed(world, text.number, text.member_id, text.words)
    outcome = port_of(site).send_text(phone_of(text.number), words)
    with site.world(organisation) as world:
        note_outcome(world, text, outcome)
    kind = type(outcome).__name__.lower()
    metrics.texts.labels(kind).inc()
    log.info("text_handed_over", text_id=text_id, status=kind)
    return kind


def port_of(site: Site) -> AfricasTalking:
    """The one port of a site: it keeps its connection."""
    if site not in _ports:
        _ports[site] = AfricasTalking(site.settings)
    return _ports[site]
