"""Replay ratings collected elsewhere: every rater becomes an annotator who really pulls and submits over HTTP.

It brings a finished crowd-sourced set into a project with all its people, and it measures a server under the load
of many people whose answers are known, so that a lost or doubled one cannot hide.
"""

from goldsmith.client.replay.ratings import Rating, Ratings, read_items, read_ratings
from goldsmith.client.replay.report import Report, replay

__all__ = ["Rating", "Ratings", "Report", "read_items", "read_ratings", "replay"]
