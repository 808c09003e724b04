"""Four convolutional networks that differ only in how they halve their maps, trained side by side and then shifted.

Pooling over all places forgets place, and each convolution moves with the picture. Keeping every second place does not: a
picture moved by one pixel lands between the places that are kept.
Sources: Zhang 2019, "Making convolutional networks shift-invariant again"; Azulay & Weiss 2019, "Why do deep convolutional
networks generalize so poorly to small image transformations?".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import cast

import numpy as np
import torch
from torch import nn
from torch.func import functional_call

from components.learn.train import train
from components.models.conv_network import ConvNetwork
from components.tasks.places_torus import TORUS, TURNS, draw_torus, moved_torus
from components.values import Frame

WAYS = ("max", "stride", "blur", "none")
SEEN, SEEN_SEED = 200, 11  # test pictures that are moved, and which
SHOWN_CLASSES = 10


@dataclass(frozen=True)
class ShiftRequest:
    """One run of the four. Equal requests are the same run."""

    samples: int = 1000
    steps: int = 800
    seeds: int = 3
    device: str = "cpu"


@lru_cache(maxsize=1)
def seen() -> tuple[np.ndarray, np.ndarray]:
    """The test pictures that are moved, `(200, 9, 256)`, and their classes; the first of each class come first, in turn."""
    return moved_torus(SEEN, SEEN_SEED)


def probe(device: str, model: nn.Module, done: bool) -> Frame:
    """Move test pictures pixel by pixel, through all replicas.

    Gives, for each of the r replicas: `consistent (r,)`, the share of test pictures whose answer is the same one pixel
    further; `change (r,)`, the largest change of any p; `right (r,)`, accuracy over all moves. Of replica 0, for the first
    picture of each class: `truth (c, 9)`, p(true class), and at the end `map (c, 9, h, w)`, the first subsampled map of the
    channel that answers most.
    """
    x, y = seen()
    x, y = (x, y) if done else (x[:30], y[:30])
    r = next(model.parameters()).shape[0]
    batch = torch.from_numpy(x).to(device).view(1, -1, 1, x.shape[-1])
    with torch.inference_mode():
        p = model(batch.expand(r, -1, -1, -1)).softmax(-1).view(r, len(x), TURNS, -1).cpu().numpy()
        answer = p.argmax(-1)
        frame = {
            "consistent": (answer[:, :, 1:] == answer[:, :, :-1]).mean((1, 2)),
            "change": np.abs(p[:, :, 1:] - p[:, :, :-1]).max((1, 2, 3)),
            "right": (answer == y[:, None]).mean((1, 2)),
            "truth": p[0, np.arange(SHOWN_CLASSES), :, y[:SHOWN_CLASSES]],
        }
        if done:
            frame["map"] = first_map(model, batch[:, : SHOWN_CLASSES * TURNS])
    return frame


class First(nn.Module):
    """The first subsampling of a network, as a module of its own."""

    def __init__(self, model: ConvNetwork) -> None:
        super().__init__()
        self.model = model

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.model.activations(x)["down1"]


def first_map(model: nn.Module, batch: torch.Tensor) -> np.ndarray:
    """The first subsampled map of replica 0, `(c, 9, h, w)`: of the channel whose answers are the most uneven."""

    weights = {f"model.{name}": p.detach()[:1] for name, p in model.named_parameters()}
    maps = functional_call(First(cast(ConvNetwork, model)), weights, (batch,))[0]
    channel = int(maps.flatten(2).std(2).mean(0).argmax())
    return maps[:, channel].unflatten(0, (SHOWN_CLASSES, TURNS)).cpu().numpy()


def one_way(request: ShiftRequest, way: str, every: int) -> Iterator[Frame]:
    """Train one of the four: the same first weights and the same batches for all."""
    return train(
        partial(ConvNetwork, TORUS, 1, 10, down=way, pool="sum", circular=True),
        draw_torus,
        (request.samples,),
        seeds=request.seeds,
        steps=request.steps,
        rate=5e-3,
        every=every,
        order="fixed",
        device=request.device,
        probe=partial(probe, request.device),
    )


def shift_ways(request: ShiftRequest, every: int = 5) -> Iterator[Frame]:
    """Train all four side by side.

    Yields:
        Frames with a leading axis of four on `accuracy (4, 1, seeds)` and what `probe` measures, `map/<way>` with the last.
    """
    for four in zip(*(one_way(request, way, every) for way in WAYS), strict=True):
        frame = {name: four[0][name] for name in ("step", "steps", "tested")}
        frame |= {name: np.stack([f[name] for f in four]) for name in ("accuracy", "consistent", "change", "right", "truth")}
        yield frame | {f"map/{way}": f["map"] for way, f in zip(WAYS, four, strict=True) if "map" in f}
