"""Open the reader that a layout asks for."""

from typing import IO

from goldsmith.server.features.records.readers.delimited import DelimitedReader
from goldsmith.server.features.records.readers.json_array import JsonArrayReader
from goldsmith.server.features.records.readers.json_lines import JsonLinesReader
from goldsmith.server.features.records.readers.parquet import ParquetReader
from goldsmith.server.features.records.readers.rows import Reader


def open_reader(file: IO[bytes], size: int, file_format: str, delimiter: str | None) -> Reader:
    """The reader for a stored file."""
    match file_format:
        case "json":
            return JsonArrayReader(file, size)
        case "jsonl":
            return JsonLinesReader(file, size)
        case "parquet":
            return ParquetReader(file)
        case _:
            return DelimitedReader(file, size, delimiter=delimiter or ",")
