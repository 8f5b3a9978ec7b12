"""The Croissant document of one file of a release: where it lies, its hash, its licence, its rows, who judged them.

Source: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html; the words under `rai:` are those of the
responsible-AI vocabulary, https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html. It describes the formats
that hold every column; the file is expected in the same folder.
"""

from typing import Any

from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.croissant.judging import told_of_judging
from goldsmith.server.features.releases.croissant.rows import options_of, rows_of
from goldsmith.server.features.releases.files import file_name

Json = dict[str, Any]
DESCRIBED = {
    "jsonl": "application/jsonlines",
    "csv": "text/csv",
    "parquet": "application/x-parquet",
}
"""The formats that can be described, and how they are encoded."""
_SPDX = "https://spdx.org/licenses/"


def croissant_of(manifest: Json, layout: Layout, form: str, *, sha256: str, n_bytes: int) -> Json:
    """The document that belongs beside the file of this format."""
    release, project = manifest["release"], manifest["project"]
    name = file_name(manifest, form, "data")
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": f"{project['slug']}-v{release['number']}",
        "description": _description(manifest),
        "license": _licence(manifest["licence"]),
        "version": f"{release['number']}.0.0",
        "datePublished": release["created_at"],
        "citeAs": _citation(manifest),
        "isLiveDataset": False,
        "keywords": ["human-annotated", *sorted({one.type for one in layout.questions})],  # type: ignore[attr-defined]
        **told_of_judging(manifest),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": name,
                "name": name,
                "contentUrl": name,
                "contentSize": f"{n_bytes} B",
                "encodingFormat": DESCRIBED[form],
                "sha256": sha256,
            }
        ],
        "recordSet": [_splits(manifest), *options_of(layout), rows_of(layout, form, name)],
    }


def _description(manifest: Json) -> str:
    release, content = manifest["release"], manifest["content"]
    told = (
        f"{manifest['project']['name']}: {release['name']}. {content['rows']:,} records judged by "
        f"{manifest['annotators']['count']:,} people in {manifest['annotations']:,} annotations."
    )
    return f"{told} {release['notes'].strip()}".strip()


def _licence(licence: str) -> str:
    """An SPDX identifier as its address; the name of a licence of one's own as it is."""
    is_identifier = all(char.isalnum() or char in "-.+" for char in licence) and any(char.isdigit() for char in licence)
    return f"{_SPDX}{licence}.html" if is_identifier else licence


def _citation(manifest: Json) -> str:
    release, project = manifest["release"], manifest["project"]
    title = f"{project['name']}: {release['name']}".replace("{", "(").replace("}", ")")
    return (
        f"@misc{{{project['slug']}-v{release['number']}, title = {{{title}}}, year = {{{release['created_at'][:4]}}}, "
        f"note = {{Release {release['number']}, SHA-256 {manifest['content']['sha256']}}}}}"
    )


def _splits(manifest: Json) -> Json:
    """A release is one split; with holdout records in it, the column `holdout` tells the two apart."""
    names = ["train", "holdout"] if manifest["filter"]["include_holdout"] else ["train"]
    return {
        "@type": "cr:RecordSet",
        "@id": "splits",
        "name": "splits",
        "dataType": "cr:Split",
        "key": {"@id": "splits/name"},
        "field": [{"@type": "cr:Field", "@id": "splits/name", "name": "name", "dataType": "sc:Text"}],
        "data": [{"splits/name": name} for name in names],
    }


_CROISSANT = (
    "column", "conformsTo", "extract", "field", "fileObject", "isLiveDataset", "jsonPath", "key", "recordSet",
    "repeated", "source", "subField", "transform", "citeAs", "dataBiases", "dataCollection", "fileProperty",
    "fileSet", "format", "includes", "md5", "parentField", "path", "references", "regex", "replace", "separator",
)  # fmt: skip
_CONTEXT: Json = {name: f"cr:{name}" for name in _CROISSANT} | {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
}
