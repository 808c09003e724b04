"""Make `pretrained/data/watch.npz`: shoulder exercises recorded by a watch, 140 series of 10 people, 50 Hz.

Development only (pip install seglearn==1.2.5, whose bundled data these are). Run from the root of the project:

    python -m pretrained.build.watch

Kept as integers of 1 mg and 1 mrad/s, and as differences from one moment to the next, which compress to half: the series are
the running sums. Source: D. Burns et al., "Shoulder physiotherapy exercise recognition: machine learning the inertial
signals from a smartwatch", Physiological Measurement 39 (2018).
"""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from pretrained.build.manifest import ROOT, enter

FILE = "pretrained/data/watch.npz"
SMALL = 1000  # counts per g and per rad/s


def main() -> None:
    """Write the file and its entry in the manifest."""
    package = find_spec("seglearn")  # found, not imported: it would ask for scikit-learn and pandas
    if package is None or package.origin is None:
        raise SystemExit("Please pip install seglearn==1.2.5 first.")
    file = Path(package.origin).parent / "data" / "watch_dataset.npy"
    data = np.load(file, allow_pickle=True).item()  # the package's own file, read at build time only
    series = [np.round(np.asarray(s) * SMALL).astype(np.int16) for s in data["X"]]
    lengths = np.array([len(s) for s in series])
    change = np.concatenate([np.diff(s, axis=0, prepend=np.zeros((1, 6), np.int16)) for s in series])
    np.savez_compressed(
        ROOT / FILE,
        change=np.ascontiguousarray(change.T),
        lengths=lengths,
        exercise=data["y"].astype(np.uint8),
        person=data["subject"].astype(np.uint8),
        side=data["side"].astype(np.uint8),  # 0 left, 1 right
        names=np.array(data["y_labels"]),
        about=np.array("Watch on the wrist, recorded by D. Burns et al. 2018, from seglearn (BSD 3-Clause)"),
    )
    enter(
        ROOT / FILE,
        licence="BSD 3-Clause, Copyright (c) 2018, David M. Burns",
        source="seglearn bundled data, load_watch: https://github.com/dmbee/seglearn, study https://arxiv.org/abs/1802.01489",
        version=f"seglearn {version('seglearn')}",
        command="python -m pretrained.build.watch",
    )


if __name__ == "__main__":
    main()
