"""How the rows of a release were judged, in the words of Croissant's responsible-AI vocabulary."""

from typing import Any

from goldsmith.server.features.releases.card import estimate_in_words, holdout_in_words

Json = dict[str, Any]
_METHODS = {"consensus": "by consensus of the annotators", "adjudication": "by an expert between differing answers",
            "expert": "by an expert"}  # fmt: skip


def told_of_judging(manifest: Json) -> Json:
    """The properties of the data set that say who judged, how, and how far they agreed."""
    people = manifest["annotators"]["count"]
    return {
        "rai:dataAnnotationProtocol": _protocol(manifest),
        "rai:dataAnnotationPlatform": manifest["made_with"],
        "rai:dataAnnotationAnalysis": _agreement(manifest),
        "rai:annotationsPerItem": f"{manifest['annotations'] / manifest['content']['rows']:.2f} on average",
        "rai:annotatorDemographics": f"{people:,} annotators, under pseudonyms of this release; nothing about their "
        "person is part of it.",
        "rai:personalSensitiveInformation": "Attributes of records that are marked as sensitive are not part of the "
        "release. What people wrote in texts and reasons is.",
        "rai:dataLimitations": _limits(manifest),
        "rai:dataReleaseMaintenancePlan": "This release never changes; what is corrected, judged or deleted later "
        "shows in the next one. A release can be withdrawn.",
    }


def _protocol(manifest: Json) -> str:
    policy = manifest["policy"]
    methods = ", ".join(f"{n:,} {_METHODS.get(name, name)}" for name, n in manifest["methods"].items())
    return (
        f"Each record was judged by {policy['overlap']} or more people, alone, under version "
        f"{manifest['guideline']['version']} of the guideline and version {manifest['schema']['version']} of the "
        f"schema. Answers were accepted: {methods}. The provenance file tells the story of each row."
    )


def _agreement(manifest: Json) -> list[str]:
    told = [
        f"{question}: Krippendorff's alpha ({found['level']}) {estimate_in_words(found['alpha'])}; "
        f"percent agreement {estimate_in_words(found['percent'])}; 95 % intervals"
        for question, found in manifest["agreement"].items()
    ]
    return told or ["No question of this release can be compared between people."]


def _limits(manifest: Json) -> list[str]:
    left_out = manifest["excluded"] | manifest["skipped"]
    told = [f"{n:,} records of the project are left out: {reason.replace('_', ' ')}." for reason, n in left_out.items()]
    return [holdout_in_words(manifest).replace("**", ""), *told]
