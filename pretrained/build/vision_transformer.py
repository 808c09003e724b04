"""Record the comparison of a convolutional network with a vision transformer, and the weights to look into.

    python -m pretrained.build.vision_transformer [sweep] [weights]

About a quarter of an hour on two free cores. Writes `pretrained/sweeps/vision_transformer.npz`: `sizes (s,)`; for each network
(cnn, vit, bag: the transformer without positions) `<name>/accuracy (s, seeds)` and `<name>/moved (5, seeds)`, accuracy of those
trained on all digits when the test digits are moved 0 to 4 pixels; `shuffled/<vit|bag> (seeds)`, accuracy when the patches of
the test digits are shuffled; date and machine. And `pretrained/weights/vision_transformer.npz`: the weights of one of each
(cnn, and transformers with patches of 7 and 4 pixels, with and without positions) in float16, with their test accuracy.
"""

import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Generator, nn

from components.learn.device import settle
from components.learn.duel import BATCH, RATES, STEPS, TEST, Duel, makers, moved_accuracy, transformer, weights
from components.learn.train import TEST_SEED, Make, Probe, train
from components.models.vision_transformer import VisionTransformer
from components.tasks.mnist import MNIST_TRAIN, draw_mnist
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

HOME = Path(__file__).parents[1]
SIZES, SEEDS, FAR = (100, 300, 1000, MNIST_TRAIN), 4, 5
LONG, LARGE = 2000, 64  # steps and batch of the weights that are kept


def shuffled_accuracy(model: VisionTransformer, x: torch.Tensor, y: torch.Tensor, replicas: int) -> np.ndarray:
    """Accuracy when every test digit's patches come in one and the same random order."""
    order = torch.randperm((28 // model.patch) ** 2, generator=Generator().manual_seed(0))
    hits = []
    with torch.inference_mode():
        for part, truth in zip(x.split(250), y.split(250), strict=True):
            hits.append(model.run(part.expand(replicas, *part.shape), order)[0].argmax(-1) == truth)
    return torch.cat(hits, 1).float().mean(1).numpy()


def consequences(model: nn.Module, done: bool) -> Frame:
    """What becomes of the finished stack when the test digits are moved, or their patches shuffled."""
    if not done:
        return {}
    x, y = draw_mnist(TEST, Generator().manual_seed(TEST_SEED), "test")
    replicas = next(model.parameters()).shape[0]
    found = {"moved": np.stack([moved_accuracy(model, x, y, replicas, far).numpy() for far in range(FAR)])}
    if isinstance(model, VisionTransformer):
        found["shuffled"] = shuffled_accuracy(model, x, y, replicas)
    return found


def sweep() -> Frame:
    """Accuracy against training digits for the three networks."""
    found: Frame = {"sizes": np.array(SIZES)}
    recipes = {"cnn": Duel(), "vit": Duel(), "bag": Duel(positions=False)}
    for name, request in recipes.items():
        kind = "cnn" if name == "cnn" else "vit"
        for size in SIZES:  # one size at a time keeps the stack in the processor's cache
            last = _last(makers(request)[kind], RATES[kind], size, STEPS, BATCH, SEEDS, consequences)
            found.setdefault(f"{name}/accuracy", np.zeros((len(SIZES), SEEDS), np.float32))[SIZES.index(size)] = last["accuracy"]
            if size == SIZES[-1]:
                found |= {f"{name}/moved": last["moved"]} | ({f"{name}/shuffled": last["shuffled"]} if kind == "vit" else {})
            print(name, size, last["accuracy"].round(3).tolist(), flush=True)
    return found


def _last(make: Make, rate: float, size: int, steps: int, batch: int, seeds: int, probe: Probe) -> Frame:
    """The last frame of a training."""
    *_, last = train(
        make, draw_mnist, (size,), seeds=seeds, steps=steps, every=10**9, batch=batch, rate=rate, order="fixed", test=TEST,
        probe=probe,
    )  # fmt: skip
    return last


def networks() -> Frame:
    """Weights to look into: all 4,000 training digits, 2,000 steps of 64."""
    found: Frame = {}
    wanted: dict[str, Make] = {"cnn": makers(Duel())["cnn"]}
    wanted |= {f"vit/{patch}/{int(placed)}": partial(transformer, patch, placed) for patch in (7, 4) for placed in (True, False)}
    for name, make in wanted.items():
        start = time.perf_counter()
        last = _last(
            make, RATES[name[:3]], MNIST_TRAIN, LONG, LARGE, 1, lambda m, d: {f"w/{k}": v for k, v in weights(m).items()}
        )
        found |= {f"{name}/{key}": value for key, value in last.items() if key.startswith("w/")}
        found |= {f"{name}/accuracy": last["accuracy"].ravel(), f"{name}/seconds": np.array(time.perf_counter() - start)}
        print(name, last["accuracy"].item(), round(time.perf_counter() - start), flush=True)
    return found


def main() -> None:
    """Record what is named on the command line, or both."""
    settle()
    torch.set_num_threads(1)
    facts = {"date": np.array(today()), "machine": np.array(machine()), "torch": np.array(torch.__version__)}
    for folder, make in (("weights", networks), ("sweeps", sweep)):
        if folder.removesuffix("s") in [a.removesuffix("s") for a in sys.argv[1:]] or len(sys.argv) == 1:
            file = HOME / folder / "vision_transformer.npz"
            np.savez_compressed(file, allow_pickle=False, **make(), **facts)
            enter(
                file, licence="MIT for the training; the digits are MNIST's (CC BY-SA 3.0)",
                source="trained and measured by this project on 5,000 digits of MNIST",
                version=f"torch {torch.__version__}, numpy {np.__version__}",
                command=f"python -m pretrained.build.vision_transformer {folder}",
            )  # fmt: skip


if __name__ == "__main__":
    main()
