"""Record the linear probes, effective fields and features that the view "Depth" of the Images page shows.

    python -m pretrained.build.probes

About four minutes on two cores. Writes `pretrained/sweeps/probes.npz` (plain arrays, no pickle):
`small/<trained|random>` and `<photographs|digits>/<trained|random>` are accuracies (seeds, layers); `field/<small|efficientnet>`
the effective width (pictures, layers); `gallery/<layer>` features (n, c); `agree/...` how often neighbours are of one kind.
"""

import json
from functools import partial

import numpy as np
import torch
from torch import Generator, Tensor, nn

from components.learn.device import settle
from components.learn.gallery import agreement, digit_features, gallery, photo_features
from components.learn.piles import Pile, entered, field_of, influence, maps
from components.learn.probes import LAYERS, probe, probed
from components.learn.probes_file import DEEP, EXAMS, RECORDED
from components.learn.train import train
from components.learn.watching import Watch, network
from components.measure.effective_field import effective
from components.modalities.vision import PHOTOGRAPH_NAMES, photograph
from components.models.efficientnet import EfficientNetLite0, load
from components.tasks.mnist import draw_mnist, mnist_example
from components.tasks.photographs import BORDER, PATCH_SOURCES, pixels_of
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

SEEDS, SIDE, CROP = 5, 96, 32
POOL, LEARN, EXAM = 600, 300, 300  # pictures to draw from, to learn from, and to be tested on


def small(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Accuracies at every layer of the small network, untrained and trained."""
    request = Watch("mnist", seed=seed)
    held: list[nn.Module] = []

    def keep(model: nn.Module, done: bool) -> Frame:
        held[:] = [model]
        return {}

    for _ in train(
        partial(network, request), request.exercise.draw, (request.samples,), steps=request.steps, every=request.steps,
        rate=request.rate, order="fixed", probe=keep,
    ):  # fmt: skip
        pass
    return probed(network(request), seed), probed(held[0], seed)


def crops(count: int, generator: Generator, part: str) -> tuple[np.ndarray, np.ndarray]:
    """Pieces of 32 x 32 pixels of six photographs, left of column 160 or right of it, and the number of the photograph."""
    y = torch.randint(len(PATCH_SOURCES), (count,), generator=generator).numpy()
    at = torch.rand(count, 2, generator=generator).numpy()
    left, right = (0, BORDER - CROP) if part == "train" else (BORDER, 256 - CROP)
    x = np.empty((count, CROP, CROP, 3), np.float32)
    for i, (source, (u, v)) in enumerate(zip(y, at, strict=True)):
        r, c = int(u * (256 - CROP + 1)), left + int(v * (right - left + 1))
        x[i] = pixels_of(PATCH_SOURCES[source])[r : r + CROP, c : c + CROP]
    return x, y


def digits(count: int, generator: Generator, part: str) -> tuple[np.ndarray, np.ndarray]:
    """Handwritten digits `(n, 28, 28, 1)`."""
    x, y = draw_mnist(count, generator, part)
    return x.numpy().reshape(count, 28, 28).transpose(0, 2, 1)[..., None], y.numpy()


def untrained(seed: int, some: Tensor) -> EfficientNetLite0:
    """Lite0 with random weights; as at the start of its own training, every channel is normalised (here on `some` pictures)."""
    made = EfficientNetLite0().to_empty(device="cpu").requires_grad_(False).eval()
    generator = Generator().manual_seed(seed)
    for weight in made.parameters():
        fan = max(1, weight[0].numel()) if weight.ndim > 1 else 1
        weight.copy_(torch.randn(weight.shape, generator=generator) * (fan**-0.5 if weight.ndim > 1 else 0))

    def normalise(layer: nn.Module, _: object, out: Tensor) -> Tensor:
        mean, spread = out.mean((0, 2, 3)), out.std((0, 2, 3)).clamp_min(1e-4)
        layer.weight.div_(spread.view(-1, 1, 1, 1))  # type: ignore[operator]
        layer.bias.sub_(mean).div_(spread)  # type: ignore[operator]
        return (out - mean.view(1, -1, 1, 1)) / spread.view(1, -1, 1, 1)

    hooks = [layer.register_forward_hook(normalise) for layer in made.modules() if isinstance(layer, nn.Conv2d)]
    made(some)
    for hook in hooks:
        hook.remove()
    return made


def enlarged(x: np.ndarray) -> Tensor:
    """Pictures `(n, h, w, 1 or 3)` as Lite0 sees them, `(n, 3, 96, 96)`."""
    some = torch.from_numpy(x).permute(0, 3, 1, 2).expand(-1, 3, -1, -1)
    some = nn.functional.interpolate(some, (SIDE, SIDE), mode="bilinear", align_corners=False)
    return (some * 255 - 127) / 128


def rows(net: EfficientNetLite0, x: np.ndarray) -> dict[str, np.ndarray]:
    """Features of every layer of `DEEP`: pixels as they are, maps averaged over all places, the logits."""
    found: dict[str, list[np.ndarray]] = {}
    for i in range(0, len(x), 50):
        for name, a in net.activations(enlarged(x[i : i + 50])).items():
            if name != "pool":  # the same numbers as the mean of the head
                found.setdefault(name, []).append((a.mean((2, 3)) if a.ndim == 4 else a).numpy())
    return {"pixels": x.reshape(len(x), -1)} | {name: np.concatenate(parts) for name, parts in found.items()}


def split(learn: tuple[dict, np.ndarray], exam: tuple[dict, np.ndarray], seed: int) -> np.ndarray:
    """Accuracies of readers at every layer, which learn from 300 of the pool."""
    chosen = np.random.default_rng(seed).permutation(POOL)[:LEARN]
    return np.array([probe(learn[0][n][chosen], learn[1][chosen], exam[0][n], exam[1]) for n in DEEP])


def deep(draw) -> Frame:  # type: ignore[no-untyped-def]
    """Accuracies of readers of Lite0: trained, five splits; random, five networks and splits."""
    parts = [draw(POOL, Generator().manual_seed(1), "train"), draw(EXAM, Generator().manual_seed(2), "test")]
    learn, exam = ((rows(load(), x), y) for x, y in parts)
    trained = [split(learn, exam, seed) for seed in range(SEEDS)]
    print("trained", np.mean(trained, 0).round(3), flush=True)
    blind = []
    for seed in range(SEEDS):
        net = untrained(seed, enlarged(parts[0][0][:60]))
        learn, exam = ((rows(net, x), y) for x, y in parts)
        blind.append(split(learn, exam, seed))
    print("random", np.mean(blind, 0).round(3), flush=True)
    return {"trained": np.stack(trained), "random": np.stack(blind)}


def widths(kind: str) -> np.ndarray:
    """Effective width of the middle place of each layer, `(pictures, layers)`; NaN where nothing answers there."""
    pile = Pile(kind)
    if kind == "small":
        some = [mnist_example(label, n)[..., None].astype(np.float32) / 255 for label in range(10) for n in (0, 1)]
    else:
        some = [photograph(name)["raw"] for name in PHOTOGRAPH_NAMES[:5]]
    found = []
    for i, pixels in enumerate(some):
        picture = entered(pile, f"{kind} {i}", pixels)
        middle = {name: a.shape[1] // 2 for name, a in maps(picture).items()}
        found.append([effective(influence(picture, name, (c, c))).width or np.nan for name, c in middle.items()])
    print(kind, [field_of(pile, n).size for n in middle], np.nanmean(found, 0).round(1), flush=True)
    return np.array(found)


def neighbours() -> Frame:
    """Features of the gallery and, for both networks, how often the nearest five are of the same kind."""
    photos = photo_features()
    groups = np.array([name.split(",")[0].split(" ")[0] for name, _ in gallery()])
    digit_rows, label = digit_features()
    found = {f"gallery/{layer}": a.astype(np.float16) for layer, a in photos.items()}
    found["agree/efficientnet"] = np.array([agreement(a, groups, 4) for a in photos.values()])
    found["agree/small"] = np.array([agreement(digit_rows[layer][:400].astype(np.float32), label[:400]) for layer in LAYERS])
    print(found["agree/efficientnet"].round(2), found["agree/small"].round(2), flush=True)
    return found


def main() -> None:
    """Write the file and its entry in the manifest."""
    settle()
    arrays: Frame = neighbours() | {f"field/{kind}": widths(kind) for kind in ("small", "efficientnet")}
    with torch.no_grad():
        for task, draw in zip(EXAMS, (crops, digits), strict=True):
            arrays |= {f"{task}/{name}": a for name, a in deep(draw).items()}
    pairs = [small(seed) for seed in range(SEEDS)]
    arrays |= {"small/random": np.stack([a for a, _ in pairs]), "small/trained": np.stack([b for _, b in pairs])}
    print("small", arrays["small/random"].mean(0).round(3), arrays["small/trained"].mean(0).round(3))
    about = {"date": today(), "machine": machine(), "torch": torch.__version__, "numpy": np.__version__}
    arrays = {n: a.astype(np.float16) if n.startswith("gallery") else a.astype(np.float32) for n, a in arrays.items()}
    np.savez_compressed(RECORDED, allow_pickle=False, about=np.array(json.dumps(about)), **arrays)
    enter(
        RECORDED,
        licence="MIT; measured on MNIST (CC BY-SA 3.0), the photographs of photographs.npz and EfficientNet-Lite0 (Apache-2.0)",
        source="measured by this project on mnist.npz, photographs.npz and efficientnet_lite0.safetensors",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.probes",
    )


if __name__ == "__main__":
    main()
