"""Exchange: projects that come from other annotation tools, and projects that go to them."""

from goldsmith.server.features.exchange.bring import KIND
from goldsmith.server.features.exchange.erased import on_records_erased
from goldsmith.server.features.exchange.expire import held_parcels, named_parcels, remove_parcels
from goldsmith.server.features.exchange.jobs import bringing
from goldsmith.server.features.exchange.leaving import count_brought, forget_brought
from goldsmith.server.features.exchange.neutral import Somebody
from goldsmith.server.features.exchange.packing import packed
from goldsmith.server.features.exchange.person import on_person_erased
from goldsmith.server.features.exchange.routes import router
from goldsmith.server.features.exchange.tools import TOOLS, Given, Outgoing, Shape

__all__ = [
    "KIND",
    "TOOLS",
    "Given",
    "Outgoing",
    "Shape",
    "Somebody",
    "bringing",
    "count_brought",
    "forget_brought",
    "held_parcels",
    "named_parcels",
    "on_person_erased",
    "on_records_erased",
    "packed",
    "remove_parcels",
    "router",
]
