"""The stands for Prometheus: gauges by name of a stand, read from the database at each scrape."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from dimchat.errors import JournalError
from dimchat.journal.fleet.liveness import alive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dimchat.journal.fleet.database import Database

_STAND = re.compile(r"[a-z][a-z0-9-]{0,39}")
_KIND = re.compile(r"[a-z-]{1,20}")
GAUGES = {
    "age": ("dimchat_stand_heard_seconds", "Seconds since the last sign of the stand came."),
    "silent": ("dimchat_stand_silent_seconds", "Seconds since the stand wrote it; -1 where it never did."),
    "up": ("dimchat_stand_uptime_seconds", "Seconds since the stand started."),
    "answers": ("dimchat_stand_answers_version", "Version of its answers; 0 where nobody publishes them."),
    "visits": ("dimchat_stand_visits_today", "Visits today, up to the last full hour."),
    "questions": ("dimchat_stand_questions_today", "Questions today, up to the last full hour."),
    "declined": ("dimchat_stand_declined_today", "Declined questions today, up to the last full hour."),
    "crashes": ("dimchat_stand_crashes_today", "Crashes of visitors' processes today, up to the last full hour."),
    "waiting": ("dimchat_stand_outbox_rows", "Rows that wait in its outbox."),
    "dropped": ("dimchat_stand_outbox_given_up", "Rows that its outbox gave up and has not told yet."),
}
"""Of each number of a sign: what it is called, and what it says."""


class Stands(Collector):
    """Reads the last signs when somebody asks."""

    def __init__(self, database: Database, late: int) -> None:
        """Take the database, and after how many seconds a stand is late."""
        self._database = database
        self._late = late

    def describe(self) -> list[GaugeMetricFamily]:
        """Return nothing: no scrape before the first one."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges; where the database cannot be reached, the one alone that says so."""
        try:
            found = alive(self._database, self._late)
        except JournalError:
            found = None
        yield GaugeMetricFamily(
            "dimchat_fleet_reachable", "Whether the fleet's database answered.", value=float(found is not None)
        )
        if found is None:
            return
        # A table that somebody else filled must not make labels out of texts.
        named = [one for one in found if _STAND.fullmatch(one.stand)]
        up = GaugeMetricFamily("dimchat_stand_alive", "Whether the stand is alive and on time.", labels=["stand"])
        refused = GaugeMetricFamily(
            "dimchat_stand_refuses", "Whether it refuses newer answers, and why.", labels=["stand", "kind"]
        )
        for one in named:
            up.add_metric([one.stand], float(one.state in ("alive", "refusing")))
            if one.last is not None and _KIND.fullmatch(one.last.error):
                refused.add_metric([one.stand, one.last.error], 1.0)
        yield up
        yield refused
        for field, (name, text) in GAUGES.items():
            gauge = GaugeMetricFamily(name, text, labels=["stand"])
            for one in named:
                if one.last is not None:
                    gauge.add_metric([one.stand], float(getattr(one.last, field)))
            yield gauge


@contextmanager
def serve_metrics(database: Database, host: str, port: int, late: int) -> Iterator[int]:
    """Answer scrapes while the context lasts, and give the port.

    Args:
        database: The fleet's.
        host: Where to listen.
        port: The port; 0 for any free one.
        late: Seconds of silence after which a stand is late.

    Raises:
        OSError: Nothing can listen there.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Stands(database, late))
    server, thread = start_http_server(port, host, registry)
    try:
        yield int(server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
