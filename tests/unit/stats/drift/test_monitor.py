"""The drift monitor: what it notices, what it leaves alone, and that it goes on after a stop."""

import json

import numpy as np
import pytest

from goldsmith.stats import Traffic, drift_monitor

RNG = np.random.default_rng


def clusters(rng, n, *, kinds=12, dimensions=32, new=0.0):
    """Unit vectors around fixed centres, and a share of them around centres that the reference has not."""
    centres = RNG(99).normal(size=(kinds + 4, dimensions))
    kind = np.where(rng.random(n) < new, kinds + rng.integers(0, 4, n), rng.integers(0, kinds, n))
    made = centres[kind] + 0.7 * rng.normal(size=(n, dimensions))
    return made / np.linalg.norm(made, axis=1, keepdims=True), kind >= kinds


def first(alarms, after):
    """The delay of the first alarm at or after a place."""
    return min((alarm.at - after for alarm in alarms if alarm.at >= after), default=None)


@pytest.mark.parametrize(("share", "delay"), [(1.0, 10), (0.2, 60), (0.1, 120)])
def test_new_topics_are_noticed_and_named(share, delay):
    rng = RNG(0)
    usual, (changed, new) = clusters(rng, 2000)[0], clusters(rng, 1000, new=share)
    _, seen = drift_monitor(Traffic(embeddings=usual[:1000])).watch(
        Traffic(embeddings=np.vstack([usual[1000:], changed]))
    )
    found = first(seen.alarms, 1000)
    assert found is not None
    assert found < delay
    told = seen.alarms[0]
    assert (told.score, told.side) == ("novelty", "high")
    assert told.at >= 1000 - 1
    assert told.started_at <= told.at
    loudest = np.array([place for place in told.items if place >= 1000])[:5] - 1000
    assert new[loudest].mean() >= min(0.6, 4 * share)


def test_a_region_that_fills_is_noticed_though_nothing_in_it_is_new():
    """One of twelve known topics, from 8 % to 25 % of the items."""
    rng = RNG(11)
    (usual, _), (more, _) = clusters(rng, 3000), clusters(rng, 4000)
    one = np.argmax(more @ RNG(99).normal(size=(16, 32))[:12].T, 1) == 3
    filled = rng.permutation(np.vstack([more[~one][:600], more[one][:200]]))
    _, seen = drift_monitor(Traffic(embeddings=usual[:1000])).watch(
        Traffic(embeddings=np.vstack([usual[1000:], filled]))
    )
    assert seen.alarms[0].score.startswith("region")
    assert 0 <= seen.alarms[0].at - 2000 < 300


@pytest.mark.parametrize(("dimensions", "delay"), [(2, 200), (100, 300)])
def test_a_shift_of_the_whole_cloud_is_noticed(dimensions, delay):
    scale, delays = np.linspace(2, 0.5, dimensions), []
    for seed in range(5):
        rng = RNG([1, seed])
        usual, changed = rng.normal(size=(3000, dimensions)) * scale, rng.normal(size=(600, dimensions)) * scale
        changed[:, 0] += 1
        _, seen = drift_monitor(Traffic(embeddings=usual[:1000])).watch(
            Traffic(embeddings=np.vstack([usual[1000:], changed]))
        )
        delays.append(first(seen.alarms, 2000) or 600)
        assert seen.alarms[0].score.startswith(("direction", "region", "novelty"))
    assert np.median(delays) < delay


@pytest.mark.parametrize("change", [940, 1060])
def test_a_change_around_a_turn_is_noticed_as_any(change):
    """After 1,000 items beyond the reference's 1,000 the scores are made anew."""
    delays = []
    for seed in range(5):
        rng = RNG([12, seed])
        usual, (changed, _) = clusters(rng, 1000 + change)[0], clusters(rng, 400, new=0.15)
        _, seen = drift_monitor(Traffic(embeddings=usual[:1000])).watch(
            Traffic(embeddings=np.vstack([usual[1000:], changed]))
        )
        delays.append(first(seen.alarms, change) or 400)
    assert np.median(delays) < 120


def plain(rng, n, *, mean=0.0, sure=8.0, share=0.2):
    """Traffic without embeddings."""
    labels = np.where(rng.random(n) < share, "spam", np.where(rng.random(n) < 0.5, "ham", "news")).tolist()
    return {"confidence": rng.beta(sure, 2, n), "labels": labels, "length": rng.lognormal(mean, 1, n)}


def traffic(*parts):
    """Parts one after the other."""
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Traffic(
        confidence=joined["confidence"], labels=joined["labels"].tolist(), descriptors={"length": joined["length"]}
    )


@pytest.mark.parametrize(
    ("change", "score", "side"),
    [({"mean": 0.7}, "length", "high"), ({"mean": -0.7}, "length", "low"), ({"sure": 4.0}, "confidence", "low")],
)
def test_each_score_notices_its_own_change(change, score, side):
    rng = RNG(2)
    monitor = drift_monitor(traffic(plain(rng, 1000)))
    _, seen = monitor.watch(traffic(plain(rng, 1000), plain(rng, 600, **change)))
    assert (seen.alarms[0].score, seen.alarms[0].side) == (score, side)
    assert 1000 <= seen.alarms[0].at < 1250


def test_a_label_that_becomes_frequent_is_noticed():
    rng = RNG(3)
    _, seen = drift_monitor(traffic(plain(rng, 1000))).watch(traffic(plain(rng, 1000), plain(rng, 600, share=0.5)))
    assert seen.alarms[0].score in ("label spam", "label news", "label ham")
    assert 1000 <= seen.alarms[0].at < 1200


def test_a_label_never_heard_of_is_noticed():
    rng = RNG(4)
    labels = rng.choice(["a", "b"], 1500).tolist()
    _, seen = drift_monitor(Traffic(labels=labels[:1000])).watch(Traffic(labels=labels[1000:] + ["c"] * 30))
    assert seen.alarms[0].score == "another label"
    assert all(place >= 500 for place in seen.alarms[0].items)


def test_one_by_one_or_in_batches_is_the_same():
    rng = RNG(5)
    reference, usual, changed = (plain(rng, n) for n in (300, 200, 100))
    changed["length"] = changed["length"] * 5
    whole = traffic(usual, changed)
    start = drift_monitor(traffic(reference), per_100k=50)
    _, together = start.watch(whole)
    monitor, evidence, alarms = start, [], ()
    for place in range(len(whole)):
        monitor, one = monitor.watch(whole.part(np.array([place])))
        evidence.append(one.evidence)
        alarms += one.alarms
    assert np.allclose(np.concatenate(evidence), together.evidence)
    assert alarms == together.alarms != ()


def test_a_monitor_goes_on_after_a_stop_as_if_unbroken():
    rng = RNG(6)
    reference, usual, changed = (plain(rng, n) for n in (300, 200, 100))
    changed["length"] = changed["length"] * 5
    halfway, _ = drift_monitor(traffic(reference)).watch(traffic(usual))
    kept = json.loads(json.dumps(halfway.saved()))
    resumed = drift_monitor(traffic(reference)).resumed(kept)
    one, other = halfway.watch(traffic(changed)), resumed.watch(traffic(changed))
    assert np.array_equal(one[1].evidence, other[1].evidence)
    assert one[1].alarms == other[1].alarms != ()
    assert one[0].evidence == other[0].evidence
    with pytest.raises(ValueError, match="another reference"):
        drift_monitor(traffic(usual)).resumed(kept)


def test_embeddings_go_on_after_a_stop_and_in_any_batches_though_their_scores_are_made_anew():
    """From 50 reference items: anew at 100, 200, 400, and the one before ends at each."""
    usual, changed = clusters(RNG(13), 420)[0], clusters(RNG(14), 60, new=0.7)[0]
    stream = Traffic(embeddings=np.vstack([usual[50:], changed]))
    begun = drift_monitor(Traffic(embeddings=usual[:50]), per_100k=50)
    _, whole = begun.watch(stream)
    monitor, evidence, alarms = begun, [], ()
    for places in np.array_split(np.arange(len(stream)), 37):
        monitor, some = begun.resumed(json.loads(json.dumps(monitor.saved()))).watch(stream.part(places))
        evidence.append(some.evidence)
        alarms += some.alarms
    assert np.allclose(np.concatenate(evidence), whole.evidence)
    assert alarms == whole.alarms != ()


def test_scale_and_names_do_not_matter():
    rng = RNG(7)
    reference, usual = plain(rng, 400), plain(rng, 400, mean=0.3)
    _, seen = drift_monitor(traffic(reference)).watch(traffic(usual))
    for part in (reference, usual):
        part["length"] = 1000 + 3 * np.log(part["length"])
        part["labels"] = ["x" + label for label in part["labels"]]
    _, again = drift_monitor(traffic(reference)).watch(traffic(usual))
    assert np.allclose(seen.evidence, again.evidence)


def test_nothing_new_brings_no_alarm():
    _, seen = drift_monitor(traffic(plain(RNG(8), 500))).watch(traffic(plain(RNG(9), 5000)))
    assert seen.alarms == ()
    assert seen.evidence.max() < seen.threshold == 20_000


def test_constant_columns_and_no_items_are_no_trouble():
    same = Traffic(embeddings=np.ones((50, 3)), labels=["a"] * 50, descriptors={"hour": np.zeros(50)})
    monitor, seen = drift_monitor(same).watch(same)
    assert seen.alarms == ()
    assert len(monitor.watch(same.part(np.array([], int)))[1].evidence) == 0


@pytest.mark.parametrize(
    ("columns", "say"),
    [
        ({}, "at least one column"),
        ({"confidence": [1.0], "labels": ["a", "b"]}, "one length"),
        ({"confidence": [np.nan]}, "finite"),
        ({"embeddings": [1.0, 2.0]}, "2 dimension"),
        ({"descriptors": {"labels": [1.0]}}, "other names"),
    ],
)
def test_traffic_that_makes_no_sense_is_refused(columns, say):
    with pytest.raises(ValueError, match=say):
        Traffic(**columns)


def test_other_traffic_than_the_reference_is_refused():
    monitor = drift_monitor(Traffic(embeddings=RNG(0).normal(size=(50, 3))))
    with pytest.raises(ValueError, match="the reference's columns"):
        monitor.watch(Traffic(confidence=[0.5]))
    with pytest.raises(ValueError, match="3 dimensions, got 4"):
        monitor.watch(Traffic(embeddings=np.ones((1, 4))))


@pytest.mark.parametrize("how", [{"per_100k": 0}, {"seed": -1}])
def test_a_monitor_without_budget_or_reference_is_refused(how):
    with pytest.raises(ValueError, match="reference items"):
        drift_monitor(Traffic(confidence=np.ones(50)), **how)
    with pytest.raises(ValueError, match="40 reference items"):
        drift_monitor(Traffic(confidence=np.ones(39)))
