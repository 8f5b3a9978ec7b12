"""The tools whose files are read and written, and how each is recognised."""

from goldsmith.server.features.exchange.tools.argilla import ARGILLA
from goldsmith.server.features.exchange.tools.doccano import DOCCANO
from goldsmith.server.features.exchange.tools.label_studio import LABEL_STUDIO
from goldsmith.server.features.exchange.tools.potato import POTATO
from goldsmith.server.features.exchange.tools.prodigy import PRODIGY
from goldsmith.server.features.exchange.tools.tool import Look, Reading, Tool
from goldsmith.server.features.exchange.tools.writing import Given, Outgoing, Proposed, Shape, Writing
from goldsmith.server.foundation.errors import Invalid

TOOLS: dict[str, Tool] = {tool.name: tool for tool in (LABEL_STUDIO, ARGILLA, DOCCANO, PRODIGY, POTATO)}


def recognise(look: Look) -> Tool:
    """The tool that wrote these files; `Invalid` where none did."""
    scores = {tool.name: tool.recognise(look) for tool in TOOLS.values()}
    best = max(scores, key=scores.__getitem__)
    if scores[best] <= 0:
        titles = ", ".join(tool.title for tool in TOOLS.values())
        raise Invalid(
            f"The file is none that {titles} writes, as far as can be told. Name the tool if it is; records without "
            "annotations come in by importing a file into a project."
        )
    return TOOLS[best]


__all__ = ["TOOLS", "Given", "Look", "Outgoing", "Proposed", "Reading", "Shape", "Tool", "Writing", "recognise"]
