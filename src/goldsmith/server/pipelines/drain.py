"""Carry out every unfinished job here and now, without the durable engine: for commands and tests."""

from goldsmith.server.pipelines import store
from goldsmith.server.pipelines.carrying import carry_out
from goldsmith.server.pipelines.domain import Kinds, Workbench


def drain(bench: Workbench, kinds: Kinds) -> int:
    """Run what is unfinished, oldest first, until nothing is; returns how many jobs were run.

    Only where no worker serves the same database: what a worker has begun would be begun again, harmlessly.
    """
    done: set[int] = set()
    while waiting := [one for one in bench.database.read_now(store.unfinished, kinds) if one[0] not in done]:
        for job_id, attempt in waiting:
            carry_out(bench, kinds, job_id, attempt)
            done.add(job_id)
    return len(done)
