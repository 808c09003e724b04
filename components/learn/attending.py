"""Looking into the two networks of the vision transformer's view: as recorded, or as a live run has them now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from torch import Generator, nn

from components.learn.duel import Duel, transformer
from components.models.conv_network import ConvNetwork
from components.models.vision_transformer import VisionTransformer
from components.tasks.mnist import MNIST_SIDE
from components.values import Frame

HOME = Path(__file__).parents[2] / "pretrained"


@lru_cache(maxsize=2)
def recorded(folder: str) -> Frame:
    """What `pretrained/build/vision_transformer.py` wrote into `folder`, "sweeps" or "weights"."""
    with np.load(HOME / folder / "vision_transformer.npz", allow_pickle=False) as data:
        return dict(data)


def filled(model: nn.Module, weights: Frame, prefix: str) -> None:
    """Give the model the weights whose names begin with `prefix`."""
    state = {n.removeprefix(prefix): torch.from_numpy(a.astype(np.float32)) for n, a in weights.items() if n.startswith(prefix)}
    model.load_state_dict(state)


@dataclass(frozen=True)
class Held:
    """Weights of both networks at one moment, named by the comparison and the step, so that what is computed from them is
    remembered; step -1 means as recorded."""

    request: Duel
    step: int = -1
    frame: Frame | None = field(default=None, compare=False, repr=False)


def held(request: Duel, frames: Sequence[Frame]) -> Held:
    """The last weights that a live run has shown, else the recorded ones (which know no number of digits)."""
    for frame in reversed(frames):
        if any(name.startswith("weights/") for name in frame):
            return Held(request, int(frame["step"]), frame)
    return Held(Duel(patch=request.patch, positions=request.positions))


@lru_cache(maxsize=24)
def networks(at: Held) -> tuple[VisionTransformer, ConvNetwork]:
    """Both networks with these weights; read only."""
    model = transformer(at.request.patch, at.request.positions, [Generator()])
    cnn = ConvNetwork(MNIST_SIDE, 1, 10, [Generator()])
    if at.frame is None:
        data = recorded("weights")
        filled(model, data, f"vit/{at.request.patch}/{int(at.request.positions)}/w/")
        filled(cnn, data, "cnn/w/")
    else:
        filled(model, at.frame, "weights/vit/")
        filled(cnn, at.frame, "weights/cnn/")
    return model, cnn


def pixels(given: bytes) -> np.ndarray:
    """A picture `(28, 28)` of float32 from its bytes, which can be a key to what is remembered."""
    return np.frombuffer(given, np.float32).reshape(MNIST_SIDE, MNIST_SIDE)


def entered(digit: np.ndarray) -> torch.Tensor:
    """A picture `(28, 28)` as the networks meet it, columns on top of each other: `(1, 1, 1, 784)`."""
    return torch.from_numpy(np.ascontiguousarray(digit.T, dtype=np.float32)).reshape(1, 1, 1, -1)


def answers(model: nn.Module, digit: np.ndarray, order: np.ndarray | None = None) -> np.ndarray:
    """Probabilities of the ten digits; `order` shuffles the transformer's patches."""
    with torch.inference_mode():
        x = entered(digit)
        if order is None:
            logits = model(x)
        else:
            assert isinstance(model, VisionTransformer)
            logits, _ = model.run(x, torch.from_numpy(order))
        return logits[0, 0].softmax(-1).numpy()


@lru_cache(maxsize=96)
def attended(at: Held, given: bytes) -> np.ndarray:
    """Attention of every layer and head, `(layers, heads, n, n)`; the class token is element 0. At most 120 kB each."""
    with torch.inference_mode():
        return np.stack([weights[0, 0].numpy() for weights in networks(at)[0].attentions(entered(pixels(given)))])


def matrices(model: VisionTransformer, digit: np.ndarray, layer: int, head: int) -> Frame:
    """The matrices of one head: "x" `(n, d)`, "query", "key", "value", "head" `(n, d / heads)`, "scores", "weights" `(n, n)`."""
    with torch.inference_mode():
        found = model.matrices(entered(digit), layer)
    one = {name: value[0, 0, head].numpy() for name, value in found.items() if name not in ("x", "out")}
    return {"x": found["x"][0, 0].numpy()} | one


@lru_cache(maxsize=1)
def some_digits(count: int = 100) -> np.ndarray:
    """The first test digits, `(count, 28, 28)`."""
    from components.tasks.mnist import MNIST_TRAIN, mnist

    return mnist()[0][MNIST_TRAIN : MNIST_TRAIN + count].astype(np.float32) / 255


@lru_cache(maxsize=24)
def distances(at: Held) -> np.ndarray:
    """Mean attention distance of every layer and head in pixels over 100 test digits, `(layers, heads, digits)`."""
    from components.measure.rollout import centres, distance

    model = networks(at)[0]
    columns = MNIST_SIDE // model.patch
    x = torch.from_numpy(some_digits().transpose(0, 2, 1).reshape(1, -1, 1, MNIST_SIDE**2).copy())
    with torch.inference_mode():
        found = [weights[0].transpose(0, 1).numpy() for weights in model.attentions(x)]
    return np.stack([distance(a, centres(columns, columns, model.patch), extra=1) for a in found])


def counted(model: nn.Module) -> int:
    """Numbers to learn."""
    return sum(p.numel() for p in model.parameters())
