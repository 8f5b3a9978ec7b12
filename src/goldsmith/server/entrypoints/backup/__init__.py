"""Backups: everything a workspace is, in one tar file, taken while the server runs."""

from goldsmith.server.entrypoints.backup.archive import BackedUp, back_up, restore

__all__ = ["BackedUp", "back_up", "restore"]
