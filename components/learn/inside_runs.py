"""Two questions to a trained network that take a few seconds: what does its answer depend on, and what does a channel want?

Cover:   drop(r, c) = p(class | picture) - p(class | picture with a grey square at (r, c))
Dream:   x <- x + rate * Adam(d / dx of the channel's answer), x made of smooth waves in plausible colours

Sources: Zeiler and Fergus 2014, "Visualizing and understanding convolutional networks"; Olah et al. 2017, "Feature
visualization" (waves and decorrelated colours).
"""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from components.learn.device import settle
from components.learn.inside import SIDE, Photo, usual
from components.models.imagenet_networks import entering, network
from components.values import BadInput, Frame

WINDOW, STEP = 56, 28
DREAM, BORDER = 160, 8  # pixels of a dreamt picture, and by how many it is shifted at random
FEW = 12  # places along a side from which on a texture everywhere is asked for, and not one thing in the middle
COLOURS = torch.tensor([[0.26, 0.09, 0.02], [0.27, 0.0, -0.05], [0.27, -0.09, 0.03]])  # how colours vary together in photographs


def corners() -> np.ndarray:
    """First rows (and columns) of the square's places."""
    return np.arange(0, SIDE - WINDOW + 1, STEP)


def cover(net: str, photo: Photo, label: int) -> Iterator[Frame]:
    """Slide a grey square over the picture, a row of places at a time.

    Yields:
        Frames with `step`, `steps`, `whole` (the probability of the uncovered picture), `drop (n, n)` with NaN where the
        square has not been, and `at`, the row it stands in now.
    """
    settle()
    at = corners()
    picture = torch.from_numpy(photo.pixels.astype(np.float32)).permute(2, 0, 1)[None]
    opened = network(net)

    def probability(x: Tensor) -> np.ndarray:
        with torch.inference_mode():
            return opened(entering(net, x)).softmax(1)[:, label].numpy()

    whole = float(probability(picture)[0])
    drop = np.full((len(at), len(at)), np.nan, np.float32)
    for i, top in enumerate(at):
        yield _moment(i, len(at), whole, drop)
        batch = picture.repeat(len(at), 1, 1, 1)
        for j, left in enumerate(at):
            batch[j, :, top : top + WINDOW, left : left + WINDOW] = 0.5
        for some in np.array_split(np.arange(len(at)), 3):  # a few at a time: the maps of all at once would take 200 MB
            drop[i, some] = whole - probability(batch[some[0] : some[-1] + 1])
    yield _moment(len(at), len(at), whole, drop)


def _moment(step: int, steps: int, whole: float, drop: np.ndarray) -> Frame:
    return {"step": np.array(step), "steps": np.array(steps), "whole": np.array(whole), "drop": drop.copy()}


def spread_out(drop: np.ndarray) -> np.ndarray:
    """The mean drop over all squares that covered each pixel, `(n, n)` -> `(224, 224)`; NaN where none has."""
    total, count = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
    for i, top in enumerate(corners()):
        for j, left in enumerate(corners()):
            if np.isfinite(drop[i, j]):
                part = np.s_[top : top + WINDOW, left : left + WINDOW]
                total[part] += drop[i, j]
                count[part] += 1
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def dream(net: str, layer: str, channel: int, steps: int = 64, every: int = 4, seed: int = 0) -> Iterator[Frame]:
    """Start from grey noise and change the picture so that a channel answers more and more.

    Yields:
        Frames with `step`, `steps`, `picture (160, 160, 3)` in [0, 1], and `answer`,
        that of the strongest place in standard deviations.

    Raises:
        BadInput: the channel is off, so that there is no direction to follow.
    """
    settle()
    generator = torch.Generator().manual_seed(seed)
    frequency = (torch.fft.fftfreq(DREAM)[:, None].square() + torch.fft.rfftfreq(DREAM)[None].square()).sqrt()
    smooth = 1 / frequency.clamp_min(1 / DREAM)
    waves = (0.01 * torch.randn(3, DREAM, DREAM // 2 + 1, 2, generator=generator)).requires_grad_()
    optimiser = torch.optim.Adam([waves], 0.03)
    known, opened = usual(net)[layer], network(net)
    for step in range(steps + 1):
        colours = torch.fft.irfft2(torch.view_as_complex(waves) * smooth, s=(DREAM, DREAM), norm="ortho")
        picture = torch.sigmoid(4 * torch.einsum("kc,chw->khw", COLOURS, colours))[None]
        dy, dx = torch.randint(-BORDER, BORDER + 1, (2,), generator=generator).tolist()
        maps = opened.activations(entering(net, picture.roll((dy, dx), (2, 3))))[layer][0, channel]
        middle = maps[maps.shape[0] // 2, maps.shape[1] // 2]
        goal = maps.mean() if len(maps) > FEW else middle + 0.1 * maps.mean()
        if step % every == 0 or step == steps:
            shown = picture[0].detach().permute(1, 2, 0).half().numpy()
            z = (float(maps.detach().max()) - known.mean[channel]) / known.spread[channel]
            yield {"step": np.array(step), "steps": np.array(steps), "picture": shown, "answer": np.array(z)}
        if step < steps:
            optimiser.zero_grad()
            (-goal).backward()
            if waves.grad is None or not waves.grad.any():  # a ReLU that is off
                raise BadInput(
                    f"Channel {channel} is off for all of grey noise, so nothing tells it where to go. Choose another."
                )
            optimiser.step()
