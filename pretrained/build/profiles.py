"""Record what the six dimensions read of every bundled example, and the default curves of the noise laboratory.

    python -m pretrained.build.profiles

About two minutes. Writes `pretrained/sweeps/profiles.json` (per example and dimension: the first reading's name, unit, value or
words) and `pretrained/sweeps/robustness.npz` (the last frame of `components.learn.robustness.robustness`).
"""

import json
from math import isfinite
from pathlib import Path

import numpy as np
import torch

from components.catalogue import discover
from components.learn.device import settle
from components.learn.robustness import defaults, robustness
from pretrained.build.manifest import enter, machine, today

HOME = Path(__file__).parents[1] / "sweeps"
SOURCE = "measured by this project on the bundled examples"


def readings() -> list[dict[str, object]]:
    """The first reading of every dimension of every example."""
    found: list[dict[str, object]] = []
    for modality in discover("modalities", "MODALITY").values():
        for example, make in modality.examples.items():
            sample = make()
            for name, dimension in discover("measure", "DIMENSION").items():
                first = dimension.measure(sample)[0]
                value = round(first["value"], 6) if isfinite(first["value"]) else None
                where = {"modality": modality.name, "example": example, "dimension": name}
                words = {key: first[key] for key in ("name", "unit", "text", "why") if key in first}
                found.append(where | words | {"value": value})
            print(modality.name, example, flush=True)
    return found


def main() -> None:
    """Write both files and their entries in the manifest."""
    settle()
    about = {"date": today(), "machine": machine(), "torch": torch.__version__, "numpy": np.__version__}
    profiles = HOME / "profiles.json"
    profiles.write_text(
        json.dumps({"about": about, "readings": readings()}, indent=0, ensure_ascii=False, allow_nan=False) + "\n"
    )
    *_, frame = robustness(defaults())
    curves = HOME / "robustness.npz"
    np.savez_compressed(curves, allow_pickle=False, about=np.array(json.dumps(about)), **frame)
    for file in (profiles, curves):
        version = f"torch {torch.__version__}, numpy {np.__version__}"
        enter(file, licence="MIT", source=SOURCE, version=version, command="python -m pretrained.build.profiles")


if __name__ == "__main__":
    main()
