"""Train graph convolutions of 0 to 32 layers on real networks, with and without skip connections.

    python -m pretrained.build.graph_depth

About ten minutes on two cores. Writes `pretrained/sweeps/graph_depth.npz` (plain arrays in half precision, no pickle) with, for
each `<network>/<plain|skip>/`: `accuracy`, `fitted`, `mad` (depths, seeds), `places` (depths, n, 2), `size` and `held` (depths,);
and `about`. Names on the command line (`karate`) record those networks anew and keep the rest.
"""

import json
import sys
import time

import numpy as np
import torch

from components.learn.deep_nodes import RECORDED, SWEPT, Depth, depth_run
from components.learn.device import settle
from components.values import Frame
from pretrained.build.manifest import enter, machine, today


def arrays(request: Depth) -> Frame:
    """The last frame of one sweep."""
    began = time.time()
    frame = list(depth_run(request))[-1]
    print(request.network, request.skip, frame["accuracy"].mean(1).round(2), f"{time.time() - began:.0f} s", flush=True)
    kept = ("accuracy", "fitted", "mad", "places", "size", "held")
    name = f"{request.network}/{'skip' if request.skip else 'plain'}"
    wide = ("size", "mad")  # may be very small
    return {f"{name}/{key}": frame[key].astype(np.float32 if key in wide else np.float16) for key in kept}


def main() -> None:
    """Write the file and its entry in the manifest."""
    settle()
    names, found = sys.argv[1:] or list(SWEPT), {}
    if RECORDED.exists() and sys.argv[1:]:
        with np.load(RECORDED, allow_pickle=False) as data:
            found = {n: data[n] for n in data.files if n != "about" and n.split("/")[0] not in names}
    facts = {"date": today(), "machine": machine(), "torch": torch.__version__, "numpy": np.__version__}
    for name in names:
        for skip in (False, True):
            found |= arrays(Depth(name, skip))
        np.savez_compressed(RECORDED, allow_pickle=False, about=np.array(json.dumps(facts)), **found)
    enter(
        RECORDED,
        licence="MIT for the measurements; the networks keep the licences of pretrained/data/networks.npz",
        source="trained by this project on the networks of pretrained/data/networks.npz",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.graph_depth",
    )


if __name__ == "__main__":
    main()
