"""Where shipped data lie: beside the script that was downloaded from the dashboard, else in the project's `pretrained/data`."""

from pathlib import Path

import numpy as np


def arrays(name: str) -> dict[str, np.ndarray]:
    """All arrays of a shipped `.npz`, read without pickle.

    Raises:
        FileNotFoundError: the file is in neither place.
    """
    here = Path(__file__).resolve()
    beside = here.parent / name
    file = beside if beside.exists() else here.parents[2] / "pretrained" / "data" / name
    with np.load(file, allow_pickle=False) as data:
        return {key: data[key] for key in data.files}
