"""Measure every model of the symmetry bench under every action.

    python -m pretrained.build.bench

About half a minute on two cores. Writes `pretrained/sweeps/bench.npz` (plain arrays, no pickle): `keys` of the models, `columns`
of the table, the arrays of `components.learn.bench.NUMBERS`, each `(models, columns)`, and `about`.
"""

import json
import time
from collections import deque

import numpy as np
import torch

from components.learn.bench import COLUMNS, NUMBERS, RECORDED, members, table
from components.learn.device import settle
from pretrained.build.manifest import enter, machine, today


def main() -> None:
    """Write the file and its entry in the manifest."""
    settle()
    began = time.time()
    frame = deque(table("all"), maxlen=1)[0]
    facts = {"date": today(), "machine": machine(), "torch": torch.__version__, "numpy": np.__version__}
    np.savez_compressed(
        RECORDED,
        allow_pickle=False,
        about=np.array(json.dumps(facts)),
        keys=np.array([e.key for e in members("all")]),
        columns=np.array([title for title, *_ in COLUMNS]),
        **{name: frame[name].astype(np.float32) for name in NUMBERS},
    )
    enter(
        RECORDED,
        licence="MIT; numbers only",
        source="measured by this project on its own models and on the data of the files under pretrained/data",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.bench",
    )
    print(f"{int(frame['steps'])} cells in {time.time() - began:.0f} s, {RECORDED.stat().st_size} bytes")


if __name__ == "__main__":
    main()
