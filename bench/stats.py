"""Measure the statistics beside their peers: every `bench/stats_*.py`, one after the other.

    python -m bench.stats [agreement truth ...] [--data FOLDER] [--peer PYTHON]

`--data` is a folder of data sets; without it only what can be measured on simulated data is. `--peer` is an
interpreter that has crowd-kit, which does not run beside the present scikit-learn.
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = {path.stem.removeprefix("stats_"): path for path in sorted(HERE.glob("stats_*.py"))}


def main() -> int:
    """Run the scripts; the exit status is 1 when one of them missed a bar."""
    parser = argparse.ArgumentParser(prog="python -m bench.stats", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sections", nargs="*", choices=[[], *SCRIPTS], help="all of them if left out")
    parser.add_argument("--data", help="folder of the data sets")
    parser.add_argument("--peer", help="an interpreter that has crowd-kit")
    asked = parser.parse_args()
    missed = 0
    for name in asked.sections or SCRIPTS:
        print(f"\n### {name.capitalize()}\n", flush=True)
        words = options_of(SCRIPTS[name], {"--data": asked.data, "--peer": asked.peer})
        missed |= subprocess.run([sys.executable, str(SCRIPTS[name]), *words]).returncode
    return 1 if missed else 0


def options_of(script: Path, given: dict[str, str | None]) -> list[str]:
    """Of the options given, as words, those that the script takes."""
    text = script.read_text(encoding="utf-8")
    taken = {option: value for option, value in given.items() if value and f'"{option}"' in text}
    return [word for pair in taken.items() for word in pair]


if __name__ == "__main__":
    sys.exit(main())
