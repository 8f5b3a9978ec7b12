"""Hugging Face data sets as records: `open_dataset("owner/name", split="train")`, its guess of a schema, its rows.

Reading happens where this runs, with the `datasets` library (`pip install 'goldsmith[hf]'`): a Goldsmith server never
fetches anything from the Hub.
"""

from goldsmith.client.hub.shape import HubSchema
from goldsmith.client.hub.source import HubDataset, open_dataset

__all__ = ["HubDataset", "HubSchema", "open_dataset"]
