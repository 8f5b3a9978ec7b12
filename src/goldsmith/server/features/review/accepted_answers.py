"""The condition on a page of records that asks what the accepted answer holds."""

from sqlalchemy import Connection

from goldsmith.server.features.records import Accepted, Condition, Holding, only_check


def with_accepted(tx: Connection, asked: Accepted) -> Condition:
    """Records whose accepted answer holds what is sought, whatever its labels were called when it was accepted."""
    holding = Holding(asked.sought, "r", asked.name, tx.dialect.name)
    accepted = f"SELECT {holding.sql} FROM resolutions r WHERE r.record_id = d.id AND r.state = 'resolved'"
    return only_check(f"({accepted}) IS TRUE", holding.parameters)
