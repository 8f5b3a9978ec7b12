"""The data card: README.md as the Hugging Face Hub wants it, written from the manifest alone."""

from typing import Any

from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.files import file_name
from goldsmith.server.features.releases.front_matter import front_matter

_READER = {"csv": "csv", "parquet": "parquet"}
_METHODS = {
    "consensus": "the annotators agreed by the project's rule",
    "adjudication": "an expert decided between differing answers",
    "expert": "an expert decided",
}


def card_of(manifest: dict[str, Any], guideline: str, layout: Layout, form: str) -> str:
    """The card that belongs beside the file of this format."""
    sections = (
        _opening(manifest), _use(manifest, form), _contents(manifest, layout), _making(manifest),
        _agreement(manifest), _limits(manifest), _guideline(manifest, guideline),
    )  # fmt: skip
    return front_matter(manifest, layout, form) + "\n" + "\n".join(sections)


def _opening(manifest: dict[str, Any]) -> str:
    release, content = manifest["release"], manifest["content"]
    notes = f"\n{release['notes'].strip()}\n" if release["notes"].strip() else ""
    return (
        f"# {_plain(manifest['project']['name'])}: {_plain(release['name'])}\n{notes}\n"
        f"Release {release['number']} of {release['created_at'][:10]}: {content['rows']:,} records judged by "
        f"{manifest['annotators']['count']:,} people in {manifest['annotations']:,} annotations. "
        f"Licence: {_plain(manifest['licence'])}.\n\nContent hash (SHA-256 of the JSONL file): `{content['sha256']}`\n"
    )


def _use(manifest: dict[str, Any], form: str) -> str:
    name = file_name(manifest, form, "data")
    if form == "hf_dataset":
        return (
            f"## Use\n\nUnpack `{name}` into a folder:\n\n```python\nfrom datasets import load_from_disk\n\n"
            'splits = load_from_disk("path/to/folder")\n```\n'
        )
    return (
        "## Use\n\nWith this card and the data file in one folder:\n\n```python\nfrom datasets import load_dataset\n\n"
        'rows = load_dataset("path/to/folder", split="train")\n```\n\n'
        f'Without the card: `load_dataset("{_READER.get(form, "json")}", data_files="{name}", split="train")`.\n'
    )


def _contents(manifest: dict[str, Any], layout: Layout) -> str:
    columns = [(f"`{column.name}`", column.kind, _origin(column)) for column in layout.columns]
    answers = [
        (f"`{question}`", f"`{_plain(value)}`", f"{count:,}")
        for question, values in manifest["answers"].items()
        for value, count in sorted(values.items(), key=lambda pair: -pair[1])
    ]
    return (
        "## What is in it\n\n" + _table(("column", "kind", "holds"), columns)
        + "\n### Answers\n\n" + _table(("question", "answer", "records"), answers)
    )  # fmt: skip


def _origin(column: Any) -> str:
    told = {"field": f"the record's field `{column.key}`", "answer": f"the accepted answer to `{column.key}`"}
    ours = {
        "id": "the record's own id", "metadata": "what came with the record", "method": "how the answer was accepted",
        "confidence": "share of people behind the least certain answer", "n_annotators": "people who judged the record",
        "holdout": "whether the record is sealed from training",
    }  # fmt: skip
    return told.get(column.source) or ours[column.name]


def _making(manifest: dict[str, Any]) -> str:
    methods = [(name, f"{count:,}", _METHODS.get(name, "")) for name, count in manifest["methods"].items()]
    return (
        "## How it was made\n\nPeople judged each record alone. The answers were accepted in these ways:\n\n"
        + _table(("method", "records", "meaning"), methods)
        + f"\nSchema version {manifest['schema']['version']}, guideline version {manifest['guideline']['version']}. "
        f"{manifest['active_ms'] / 3_600_000:,.1f} hours of active work. The provenance file "
        f"(`{file_name(manifest, 'jsonl', 'provenance')}`) tells for each row who answered what, under which versions, "
        "and why an expert decided. People appear under pseudonyms of this release.\n" + _comments(manifest)
    )


def _comments(manifest: dict[str, Any]) -> str:
    """What people said, where they said something; releases of older versions carry none."""
    told = manifest.get("comments", {"rows": 0})
    if not told["rows"]:
        return ""
    return (
        f"\nPeople talked about records in {told['rows']:,} threads with {told['comments']:,} comments "
        f"(`{file_name(manifest, 'jsonl', 'comments')}`); what they wrote is as they wrote it.\n"
    )


def _agreement(manifest: dict[str, Any]) -> str:
    rows = [
        (f"`{question}`", estimate_in_words(found["alpha"]), estimate_in_words(found["percent"]), found["level"])
        for question, found in manifest["agreement"].items()
    ]
    if not rows:
        return ""
    return (
        "## Agreement\n\nWith 95 % intervals and n, over records that two or more people judged.\n\n"
        + _table(("question", "Krippendorff's α", "percent agreement", "distance"), rows)
    )  # fmt: skip


def estimate_in_words(found: dict[str, Any]) -> str:
    """A value with its interval and n."""
    if found["value"] is None:
        return "not defined (no record with two answers, or only one answer in use)"
    low, high = (f"{found[end]:.3f}" if found[end] is not None else "?" for end in ("low", "high"))
    return f"{found['value']:.3f} [{low}, {high}], n = {found['n_items']:,}"


def _limits(manifest: dict[str, Any]) -> str:
    left_out = [(reason.replace("_", " "), f"{n:,}") for reason, n in manifest["excluded"].items()]
    left_out += [(f"skipped: {reason.replace('_', ' ')}", f"{n:,}") for reason, n in manifest["skipped"].items()]
    told = _table(("left out", "records"), left_out) if left_out else "Every record of the project is in it.\n"
    return f"## What is not in it\n\n{holdout_in_words(manifest)}\n\n{told}{_deleted(manifest)}"


def _deleted(manifest: dict[str, Any]) -> str:
    deleted = manifest.get("deleted") or {}
    since = deleted.get("since_release")
    when = f"since release {since}" if since is not None else "before this release"
    told = ""
    if n := deleted.get("records"):
        told += f"\n{n:,} {'record was' if n == 1 else 'records were'} deleted {when}.\n"
    if n := deleted.get("withdrawn_answers"):
        told += (
            f"\n{n:,} {'answer was' if n == 1 else 'answers were'} withdrawn with the people who gave them {when}.\n"
        )
    return told


def holdout_in_words(manifest: dict[str, Any]) -> str:
    """What became of holdout records and what nearly repeats them."""
    if manifest["filter"]["include_holdout"]:
        return "**Holdout records are included: do not train on this release.**"
    near = manifest.get("near_duplicates")
    if near is None:
        return "Holdout records, and copies of them, are not in this release."
    return (
        "Holdout records, copies of them and near-duplicates of them are not in this release. A near-duplicate has a "
        f"Jaccard similarity of at least {near['at_least']} with a holdout record, over the sets of "
        f"{near['shingle_characters']}-character shingles of their texts; case, punctuation and white space do not "
        "count. The file of skipped records names each with the similarity that was measured."
    )


def _guideline(manifest: dict[str, Any], guideline: str) -> str:
    deeper = "\n".join(f"##{line}" if line.startswith("#") else line for line in guideline.strip().splitlines())
    return f"## The guideline, version {manifest['guideline']['version']}\n\n{deeper}\n"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _plain(text: str) -> str:
    """A text that stays in its place in Markdown."""
    return " ".join(text.split()).replace("|", "\\|").replace("`", "'")
