"""Record the trained weights of the view "Messages" of the Graphs page: seven networks, six kinds of layers, one to three layers.

    python -m pretrained.build.messages

One to four minutes on two cores. Writes `pretrained/weights/messages.npz` (plain arrays, no pickle): `<network>/<kind>/<layers>`,
all parameters in one row, half precision, and `about`.
"""

import json

import numpy as np
import torch

from components.learn.messaging import halves, inputs, told
from components.learn.messaging_file import DEPTHS, FILE, NETWORKS
from components.measure.hops import arriving
from components.modalities.graph import MODALITY
from components.models.graph_layers import LAYERS
from pretrained.build.manifest import enter, machine, today


def main() -> None:
    """Train and write."""
    found = {"about": np.array(json.dumps({"date": today(), "machine": machine(), "torch": torch.__version__}))}
    for name in NETWORKS:
        sample = MODALITY.examples[name]()
        raw, own = sample["raw"], sample["elements"].shape[1] > 1
        edges, labels = arriving(sample["edges"], bool(raw["directed"])), raw["labels"].astype(np.int64)
        features, (train, tested) = inputs(sample["elements"], edges)[0], halves(str(raw["source"]), labels)
        for kind in LAYERS:
            for depth in DEPTHS:
                made = told(edges, features, kind, depth, labels, train, own=own)
                found[f"{name}/{kind}/{depth}"] = made.row.astype(np.float16)
                assert made.p is not None
                print(name, kind, depth, round(float((made.p[tested].argmax(1) == labels[tested]).mean()), 3), flush=True)
    np.savez_compressed(FILE, allow_pickle=False, **found)
    enter(
        FILE,
        licence="MIT; trained on the networks of pretrained/data/networks.npz and on countryinfo (MIT)",
        source="trained by this project",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.messages",
    )


if __name__ == "__main__":
    main()
