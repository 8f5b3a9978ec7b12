"""Carry out every unfinished job here and now, without the durable engine: for commands and tests."""

from goldsmith.server.pipelines import store
from goldsmith.server.pipelines.carrying import carry_out
from goldsmith.server.pipelines.domain import Kinds, Workbench


def drain(bench: Workbench, kinds: Kinds) -> int:
    """Run what is unfinished, oldest first, until nothing is; returns how many jobs were run.

    Only where no worker serves the same database: what a worker has begun would be begun again, harmlessly.
    """
    n_run = 0
    while waiting := bench.database.read_now(store.unfinished):
        for job_id, attempt in waiting:
            carry_out(bench, kinds, job_id, attempt)
            n_run += 1
    return n_run
