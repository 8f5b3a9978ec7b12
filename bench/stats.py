"""Measure the statistics beside their peers: every `bench/stats_*.py`, one after the other.

python -m bench.stats [agreement truth ...]
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run the scripts; the exit status is 1 when one of them missed a bar."""
    known = {path.stem.removeprefix("stats_"): path for path in sorted(HERE.glob("stats_*.py"))}
    asked = sys.argv[1:] or list(known)
    if unknown := [name for name in asked if name not in known]:
        print(f"There is no {', '.join(unknown)}. Expected some of: {', '.join(known)}.", file=sys.stderr)
        return 2
    missed = 0
    for name in asked:
        print(f"\n### {name.capitalize()}\n", flush=True)
        missed |= subprocess.run([sys.executable, str(known[name])]).returncode
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
