"""A convolutional network trained on real pictures, with all its weights in every frame, so that a learner can look anywhere.

The network is small (about 6,000 weights, 25 kB), so a frame carries it whole. What it makes of a picture is computed where it
is drawn, from the frame's weights: the picture, the layer and the channel can change while the run goes on, and equal
requests still share one run.

    weights_0 (random)  ->  batch, loss, gradient, Adam  ->  weights_1  -> ...          one frame every `every` steps

Source: LeCun et al. 1998; lecture "How to Model", slides "Convolutional Neural Networks".
"""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
import torch
from torch import Generator, Tensor, nn
from torch.func import functional_call

from components.catalogue import discover
from components.learn.goals import right
from components.learn.train import POOL_SEED, TEST_SEED, train
from components.modalities.base import Exercise
from components.models.conv_network import ConvNetwork
from components.values import Frame

SHAPES = {"mnist": (28, 1), "photograph": (16, 3), "fashion": (28, 1), "cifar10": (32, 3)}
"""Data set -> pixels along a side, colours."""
CALM = {1: 0.3, 3: 0.5}
"""Colours -> the first layer starts with this part of the usual weights, so that what it learns is seen over the noise."""
RATES = (0.0003, 0.001, 0.003, 0.005, 0.01, 0.03, 0.1, 1.0)
SAMPLES = (20, 100, 500, 2000, 4000)
ENDINGS, DOWNS, WIDTHS = ("max", "mean", "concatenate"), ("max", "blur", "stride"), (4, 8, 12)
BATCH, EVERY, TEST, PEEK, KNOWN, SEEDS, STEPS = 32, 10, 1000, 200, 100, 20, 600
_asking = threading.Lock()  # the empty network is filled with weights while it answers, so one learner at a time


@dataclass(frozen=True)
class Watch:
    """What is trained, on how many pictures, and how. Equal requests are one run.

    Attributes:
        data: a key of `SHAPES`.
        samples: training pictures.
        rate: of learning, at the first step.
        ending: pooling at the end, one of `ENDINGS`.
        down: subsampling between the convolutions, one of `DOWNS`.
        seed: of the first weights.
        width: channels of the first convolution; the second has twice, the third four times as many.
        steps: in all.
    """

    data: str = "mnist"
    samples: int = 2000
    rate: float = 0.003
    ending: str = "max"
    down: str = "max"
    seed: int = 0
    width: int = 8
    steps: int = STEPS

    @property
    def exercise(self) -> Exercise:
        """The task of the Modality page: its classes, how samples are drawn, and how any picture enters."""
        return discover("modalities", "MODALITY")["vision"].tasks[self.data]


def network(watch: Watch, generators: Sequence[Generator] = ()) -> ConvNetwork:
    """The network before any step; its first weights come from `watch.seed` alone, see `CALM`."""
    side, colours = SHAPES[watch.data]
    own = [Generator().manual_seed(watch.seed)]
    widths = (watch.width, 2 * watch.width, 4 * watch.width)
    classes = len(watch.exercise.classes)
    return calmed(ConvNetwork(side, colours, classes, own, widths, watch.down, watch.ending), CALM[colours])


def calmed(made: ConvNetwork, part: float) -> ConvNetwork:
    """The same network, the weights of its first layer reduced to `part` and its biases zero."""
    with torch.no_grad():
        made.conv1.weight.mul_(part)
        made.conv1.bias.zero_()
    return made


def weights_of(model: nn.Module) -> Frame:
    """All parameters as `weights/<name>`, float32, without the replica axis's other members (there is one)."""
    return {f"weights/{name}": a.detach().cpu().numpy().copy() for name, a in model.named_parameters()}


def watch(request: Watch) -> Iterator[Frame]:
    """Train, and yield frames of `train` with `learnt`, the accuracy on `known` training pictures, `images`, the training
    pictures used so far, `seconds` of work so far, and `weights/<name>`."""
    x, y = pool(request)
    own = torch.from_numpy(x[:KNOWN]), torch.from_numpy(y[:KNOWN])

    def probe(model: nn.Module, done: bool) -> Frame:
        return {"learnt": right(model, *own, 1).numpy()[0], "known": np.array(len(own[1]))} | weights_of(model)

    run = train(
        partial(network, request), request.exercise.draw, (request.samples,), steps=request.steps, every=EVERY, batch=BATCH,
        rate=request.rate, order="fixed", test=TEST, peek=PEEK, probe=probe,
    )  # fmt: skip
    spent = 0.0
    while True:
        began = time.perf_counter()
        frame = next(run, None)
        spent += time.perf_counter() - began
        if frame is None:
            return
        yield frame | {"images": frame["step"] * BATCH, "seconds": np.array(spent)}


def untrained(request: Watch) -> Frame:
    """The frame before any step, without a test."""
    return {"step": np.array(0), "steps": np.array(request.steps)} | weights_of(network(request))


def pool(request: Watch) -> tuple[np.ndarray, np.ndarray]:
    """The training pictures of a request, as `train` draws them: `x (n, 1, d)`, `y (n,)`."""
    x, y = request.exercise.draw(request.samples, Generator().manual_seed(POOL_SEED), "train")
    return x.numpy(), y.numpy()


@lru_cache(maxsize=4)
def exam(data: str) -> tuple[np.ndarray, np.ndarray]:
    """The test pictures every run on this data set is measured on: `x (1000, 1, d)`, `y (1000,)`."""
    x, y = Watch(data).exercise.draw(TEST, Generator().manual_seed(TEST_SEED), "test")
    return x.numpy(), y.numpy()


def grid(data: str, x: np.ndarray) -> np.ndarray:
    """Flattened pictures `(..., d)` as pixels `(..., side, side, colours)`."""
    side, colours = SHAPES[data]
    return np.moveaxis(x.reshape(*x.shape[:-1], colours, side, side), -3, -1).swapaxes(-3, -2)


class _Stages(nn.Module):
    """A network whose answer is all of its stages."""

    def __init__(self, net: ConvNetwork) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        return self.net.activations(x)


def architecture(request: Watch) -> Watch:
    """The request with everything that does not shape the network at its default."""
    return replace(Watch(), data=request.data, ending=request.ending, down=request.down, width=request.width)


@lru_cache(maxsize=8)
def _empty(shape: Watch) -> _Stages:
    return _Stages(network(shape))


def stages(request: Watch, frame: Mapping[str, np.ndarray], x: np.ndarray) -> dict[str, np.ndarray]:
    """What the network of a frame makes of pictures `x (b, d)`: "conv1", "down1", ... `(b, c, h, w)`, "pool" `(b, h')`,
    "logits" and "probabilities" `(b, classes)`."""
    weights = {f"net.{n.removeprefix('weights/')}": torch.from_numpy(a) for n, a in frame.items() if n.startswith("weights/")}
    batch = torch.from_numpy(np.ascontiguousarray(x, np.float32))[None, :, None]
    with _asking, torch.inference_mode():
        found = functional_call(_empty(architecture(request)), weights, (batch,))
        found["probabilities"] = found["logits"].softmax(-1)
        return {name: a[0].numpy() for name, a in found.items()}


def answers(request: Watch, frame: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Class probabilities for many pictures `(n, d)`: `(n, classes)`, zero where they are not numbers."""
    parts = [stages(request, frame, x[i : i + 250])["probabilities"] for i in range(0, len(x), 250)]
    return np.nan_to_num(np.concatenate(parts))


def count(request: Watch) -> dict[str, int]:
    """Weights to learn, layer by layer."""
    found: dict[str, int] = {}
    for name, a in _empty(architecture(request)).net.named_parameters():
        layer = name.split(".")[0]
        found[layer] = found.get(layer, 0) + a.numel()
    return found
