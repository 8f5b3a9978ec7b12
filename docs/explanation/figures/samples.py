"""Draws samples.svg: python docs/explanation/figures/samples.py FOLDER_OF_DATA

200 times, 3,000 of banking77's texts are labelled and a cut-off is chosen: what it accepts, and how much of that is
wrong in truth. Needs what `make bench-stats` installs; the model and the trials are those of bench/stats_sampling.py.
"""

import sys
from pathlib import Path

import numpy as np
from scatter import GOLD, RED, Frame, drawing, legend

sys.path.insert(0, str(Path(__file__).parents[3]))

from bench.stats_sampling import CALIBRATION, MOST_ERROR, TRIALS, answers, certified, error_above, naive


def main(folder: Path) -> None:
    """Chooses, looks at the truth, draws."""
    sure, right, _ = answers(folder / "banking77")
    rng, frame, dots = np.random.default_rng(2), Frame((0.5, 0.9), (0.0, 0.04)), []
    for _ in range(TRIALS):
        drawn = rng.integers(0, len(sure), CALIBRATION)
        for rule, colour in ((naive, RED), (certified, GOLD)):
            threshold, _ = rule(sure[drawn], right[drawn])
            share = max(float((sure >= threshold).mean()), frame.x[0])
            dots.append(frame.dot(share, error_above(threshold, sure, right), colour, faint=True))
    bound = frame.line([(frame.x[0], MOST_ERROR), (frame.x[1], MOST_ERROR)], "#777", "6 4")
    axes = frame.axes("accepted unseen", "wrong among the accepted", lambda value: f"{value:.1%}", 4)
    names = legend([("lowest good cut-off", RED), ("certified", GOLD)])
    Path(__file__).with_suffix(".svg").write_text(drawing([axes, *dots, bound, names]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
