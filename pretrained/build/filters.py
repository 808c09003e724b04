"""Record the filters a small convolutional network learns on MNIST, for the view "The filter" of the Images page.

    python -m pretrained.build.filters

About a minute on two cores. Writes `pretrained/weights/filters.npz` (plain arrays, no pickle): `weight (8, 5, 5)` and `bias (8,)`
of the first convolution of `components.models.conv_network.ConvNetwork`, `accuracy ()` on 1,000 digits that were not
trained on, and `about`: date, machine, versions.
"""

import json
from functools import partial
from pathlib import Path

import numpy as np
import torch

from components.learn.device import settle
from components.learn.train import train
from components.models.conv_network import ConvNetwork
from components.tasks.mnist import MNIST_SIDE, MNIST_TRAIN, draw_mnist
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

FILE = Path(__file__).parents[1] / "weights" / "filters.npz"
STEPS = 800


def first_filters(model: torch.nn.Module, done: bool) -> Frame:
    """Weights and biases of the first convolution of replica 0."""
    assert isinstance(model, ConvNetwork)
    weight, bias = model.conv1.weight, model.conv1.bias
    return {"weight": weight.detach()[0, :, 0].numpy().copy(), "bias": bias.detach()[0].numpy().copy()} if done else {}


def main() -> None:
    """Train and write."""
    settle()
    torch.set_num_threads(1)
    make = partial(ConvNetwork, MNIST_SIDE, 1, 10)
    *_, frame = train(
        make, draw_mnist, (MNIST_TRAIN,), steps=STEPS, every=STEPS, rate=5e-3, order="fixed", test=1000, probe=first_filters
    )
    about = {"date": today(), "machine": machine(), "torch": torch.__version__, "steps": STEPS, "samples": MNIST_TRAIN}
    np.savez_compressed(
        FILE,
        allow_pickle=False,
        weight=frame["weight"].astype(np.float16),
        bias=frame["bias"].astype(np.float16),
        accuracy=frame["accuracy"].ravel()[0].astype(np.float32),
        about=np.array(json.dumps(about)),
    )
    enter(
        FILE,
        licence="MIT; trained on MNIST (CC BY-SA 3.0)",
        source="trained by this project: the first convolution of a small network that reads MNIST's digits",
        version=f"torch {torch.__version__}, {STEPS} steps of 32 digits",
        command="python -m pretrained.build.filters",
    )
    print(f"accuracy {float(frame['accuracy'].ravel()[0]):.3f}, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
