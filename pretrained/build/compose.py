"""Record the seven named models of the view "Compose a model" of the Unified page.

    python -m pretrained.build.compose

About five minutes on two cores. Writes `pretrained/sweeps/compose.npz`, plain arrays, no pickle: for every preset on the home
task of every preset where it can be built (of the two transformers one), under `<preset>/<modality>/<task>:`, `score (t,)` on
the way, `seconds` of one core, `tested`, and `symmetry`, the errors after training in the order of `composed_symmetry.moves`;
and `about`.
"""

import json
import time

import numpy as np
import torch

from components.learn.composed_model import filled
from components.learn.composed_records import FILE, HOMES, STEPS, name_of
from components.learn.composed_symmetry import trained
from components.learn.composing import Recipe, compose
from components.learn.device import settle
from components.models.composition import PRESETS, objections
from components.values import Frame
from pretrained.build.manifest import enter, machine, today


def elsewhere(name: str, modality: str) -> bool:
    """Whether a preset is left out: the two transformers are one architecture, so each is recorded on its own kind of data."""
    return name == ("vit" if modality == "language" else "transformer")


def main() -> None:
    """Train and write."""
    settle()
    kept: Frame = {}
    for modality, task in HOMES:
        for name, preset in PRESETS.items():
            recipe = Recipe(preset.composition, modality, task, steps=STEPS)
            if elsewhere(name, modality) or any(o.fatal for o in objections(preset.composition, recipe.material.shape)):
                continue
            recipe.material.draw(1, torch.Generator().manual_seed(0), "train")  # reading files is not training
            began = time.process_time()
            frames = list(compose(recipe))
            spent, last, key = time.process_time() - began, frames[-1], name_of(name, modality, task)
            measure = "accuracy" if "accuracy" in last else "R²"
            kept[f"{key}:score"] = np.array([f[measure].item() for f in frames], np.float32)
            kept[f"{key}:seconds"] = np.array(spent, np.float32)
            kept[f"{key}:tested"] = last["tested"]
            kept[f"{key}:symmetry"] = np.array(list(trained(recipe, last).values()), np.float32)
            count = sum(p.numel() for p in filled(recipe, last).parameters())
            print(key, f"{count:,} weights, {spent:.1f} s, {measure} {last[measure].item():.3f}", flush=True)
    about = {"date": today(), "machine": machine(), "torch": torch.__version__}
    np.savez_compressed(FILE, allow_pickle=False, about=np.array(json.dumps(about)), **kept)
    enter(
        FILE,
        licence="MIT; data as in the files of pretrained/data",
        source="measured and trained by this project",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.compose",
    )


if __name__ == "__main__":
    main()
