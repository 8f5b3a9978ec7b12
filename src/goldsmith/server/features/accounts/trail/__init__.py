"""The audit trail, chained so that nobody can change it unnoticed.

chain.py       what an entry's hash covers
sealing.py     entries join the chain, in batches, a few seconds after they were written
verifying.py   whether the chain is whole, and where it is not
listing.py     reading it, filtered
exporting.py   taking it away, so that somebody else can verify it
"""

from goldsmith.server.features.accounts.trail.exporting import verify_export
from goldsmith.server.features.accounts.trail.routes import router
from goldsmith.server.features.accounts.trail.sealing import seal_everything
from goldsmith.server.features.accounts.trail.verifying import Broken, Verdict, read_anchor, verify_everything

__all__ = ["Broken", "Verdict", "read_anchor", "router", "seal_everything", "verify_everything", "verify_export"]
