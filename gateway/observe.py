"""What the operators of the machines see: structured logs with an allow-list of fields, and metrics."""

from __future__ import annotations

import functools
import logging
import os
import sys
import threading
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

import structlog

# Nothing else is ever written. No phone number, no words of a member, no text of an error, no transcript.
FIELDS = frozenset(
    "event level timestamp process call channel error where label note ms status state topic job transfer text_id attempts count "
    "organisation port path method operator action url name batch head".split()
)


def _only_listed(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in event.items() if name in FIELDS}


def set_up_logs(process: str, level: str = "info") -> None:
    """JSON lines on standard error, one an event, every field on the list."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_listed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    logging.getLogger().handlers = [_Quiet()]


class _Quiet(logging.Handler):
    """What libraries log: only where and how grave, never their words, for they may quote a value."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            kind = record.exc_info[0] if record.exc_info else None
            log.warning("library", name=record.name, where=f"{record.module}:{record.lineno}", error=kind.__name__ if kind else "")


log: Any = structlog.get_logger()


class _Metrics:
    """Counters of this process; with PROMETHEUS_MULTIPROC_DIR all processes of an instance add up."""

    def __init__(self) -> None:
        from prometheus_client import Counter, Gauge, Histogram

        buckets = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8)
        self.hops = Counter("pamoja_hops_total", "Hops of calls", ["flow", "note"])
        self.hops_of = functools.cache(self.hops.labels)  # as many as there are flows and notes
        self.hop_seconds = Histogram("pamoja_hop_seconds", "Time to answer a hop", buckets=buckets)
        self.fallbacks = Counter("pamoja_fallbacks_total", "Texts said in another language, because the caller's has none yet", ["language"])
        self.posted = Counter("pamoja_transfers_total", "Transfers brought to an end", ["state"])
        self.faults = Gauge("pamoja_books_faults", "Faults that the last proof of the books found", ["organisation"], multiprocess_mode="mostrecent")
        self.texts = Counter("pamoja_texts_total", "Messages handed to the provider", ["outcome"])
        self.airtime = Counter("pamoja_airtime_total", "Orders of airtime handed to the provider", ["outcome"])
        self.texts_in = Counter("pamoja_texts_in_total", "Messages received", ["meaning"])
        self.jobs = Counter("pamoja_jobs_total", "Jobs offered and run", ["topic", "what"])
        self.refused = Counter("pamoja_webhooks_refused_total", "Webhook calls refused", ["why"])


def share_metrics(folder: Path) -> None:
    """Let every process of this instance add to the same metrics. Before the first metric is made."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def serve_metrics(port: int) -> bool:
    """/metrics on a loopback port of its own. False when another process of this instance serves it already."""
    from prometheus_client import REGISTRY, CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    try:
        start_http_server(port, addr="127.0.0.1", registry=registry)
    except OSError:
        return False
    return True


class _LazyMetrics:
    """Made at first use, so that `share_metrics` can come before; by one thread, however many come first."""

    _made: _Metrics | None = None
    _lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        with _LazyMetrics._lock:
            if _LazyMetrics._made is None:
                _LazyMetrics._made = _Metrics()
        self.__dict__.update(vars(_LazyMetrics._made))  # from now on found without coming here
        return getattr(_LazyMetrics._made, name)


metrics: Any = _LazyMetrics()


def where_of(error: Exception) -> str:
    """The innermost line of ours: enough to find it, and no value of anything."""
    trace, last = error.__traceback__, ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "/gateway/" in file or "/menus/" in file:
            last = f"{file.rsplit('/', 2)[-2]}/{file.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return last
