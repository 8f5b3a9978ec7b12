"""The face of `goldsmith.stats`: small, documented, quick to import, free of the rest of Goldsmith."""

import inspect
import subprocess
import sys

import goldsmith.stats


def test_everything_exported_is_there_and_documented():
    for name in goldsmith.stats.__all__:
        assert inspect.getdoc(getattr(goldsmith.stats, name)), name
    assert sorted(goldsmith.stats.__all__) == goldsmith.stats.__all__


def test_importing_takes_half_a_second_at_most_and_nothing_but_numpy():
    script = (
        "import sys, time; import goldsmith.stats; spent = time.process_time();"
        "print(spent, *sorted({m.split('.')[0] for m in sys.modules} & {'scipy', 'pandas', 'fastapi', 'sqlalchemy'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    cpu_seconds, *heavy = done.stdout.split()
    assert not heavy
    assert float(cpu_seconds) <= 0.5
