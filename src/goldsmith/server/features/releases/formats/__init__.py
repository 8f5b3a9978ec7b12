"""The forms a release can be taken away in, each made from the frozen rows as they stream by."""

from goldsmith.server.features.releases.formats.conditions import conditions
from goldsmith.server.features.releases.formats.csv_table import csv_text
from goldsmith.server.features.releases.formats.dataset_dict import dataset_dict_zip
from goldsmith.server.features.releases.formats.lines import Converter, converted, skips
from goldsmith.server.features.releases.formats.parquet import parquet_bytes
from goldsmith.server.features.releases.formats.preference import preference_converter
from goldsmith.server.features.releases.formats.sft import sft_converter
from goldsmith.server.features.releases.formats.tools import ARCHIVES, tool_archive
from goldsmith.server.features.releases.formats.trainers import BASES, TRAINERS, converters_of
from goldsmith.server.features.releases.formats.wish import Wish

__all__ = [
    "ARCHIVES",
    "BASES",
    "TRAINERS",
    "Converter",
    "Wish",
    "conditions",
    "converted",
    "converters_of",
    "csv_text",
    "dataset_dict_zip",
    "parquet_bytes",
    "preference_converter",
    "sft_converter",
    "skips",
    "tool_archive",
]
