"""The page's default sweep, by the usual Python loop and by the engine, in one run.

    python -m tests.benchmarks.sweep

160 models (4 architectures x 8 sample sizes x 5 seeds), 300 steps each. The loop trains one `torch.nn` model at a time with the
fused Adam; it starts from the same weights and sees the same batches, so the accuracies must agree. The last line is JSON:
`ratio_wall` and `ratio_cpu` (loop / engine), `seconds` (engine), `first_frame` and `second_frame` (seconds until they are
there), `max_accuracy_gap` (of the mean over seeds) and `frame_overhead` (processor time spent on frames, one every 15 steps,
over the rest; the difference of two whole runs would be lost in their noise).
"""

import json
import math
import time
from collections.abc import Iterator

import numpy as np
import torch
from torch import Generator, Tensor, nn
from torch.nn.functional import cross_entropy

from components.learn import train as training
from components.learn.device import settle
from components.learn.sweep import ARCHITECTURES, Request, builder, sweep
from components.learn.train import _batches, _exam, _pools

REQUEST = Request()


class Plain(nn.Module):
    """The same network for one model, written with `torch.nn` as one would."""

    def __init__(self, d: int, classes: int, n: int, share: bool, pool: bool, h: int = 32) -> None:
        super().__init__()
        self.share, self.pool, self.n = share, pool, n
        phis = [nn.Sequential(nn.Linear(d, h), nn.ReLU(), nn.Linear(h, h)) for _ in range(1 if share else n)]
        self.phi = nn.ModuleList(phis)
        self.rho = nn.Sequential(nn.Linear(h if pool else h * n, h), nn.ReLU(), nn.Linear(h, classes))

    def forward(self, x: Tensor) -> Tensor:
        z = self.phi[0](x) if self.share else torch.stack([phi(x[:, i]) for i, phi in enumerate(self.phi)], 1)
        return self.rho(z.sum(1) / math.sqrt(self.n) if self.pool else z.flatten(1))

    def load(self, stack: nn.Module) -> None:
        """Take the weights of a stack of one."""
        with torch.no_grad():
            for i, phi in enumerate(self.phi):
                for layer, block in ((phi[0], stack.phi1), (phi[2], stack.phi2)):
                    layer.weight.copy_(block.weight[0, i, 0].T)
                    layer.bias.copy_(block.bias[0, i])
            for layer, block in ((self.rho[0], stack.rho1), (self.rho[2], stack.rho2)):
                layer.weight.copy_(block.weight[0, 0, 0].T)
                layer.bias.copy_(block.bias[0, 0])


def loop() -> np.ndarray:
    """Accuracies `(4, s, seeds)` by the usual loop."""
    family, task = REQUEST.family, REQUEST.family.make(REQUEST.size)
    steps = family.budget(REQUEST.size)
    x, y = _pools(task.draw, max(family.sizes), REQUEST.seeds, REQUEST.order, "cpu")
    exam, truth = _exam(task.draw, 1024, REQUEST.order, "cpu")
    found = np.zeros((4, len(family.sizes), REQUEST.seeds))
    for a, (share, pool) in enumerate(ARCHITECTURES):
        for i, size in enumerate(family.sizes):
            for seed in range(REQUEST.seeds):
                generator = Generator().manual_seed(seed)
                stack = builder(REQUEST, share, pool)([generator])
                model = Plain(x.shape[-1], len(task.classes), REQUEST.size, share, pool)
                model.load(stack)
                rows = _batches((size,), 1, steps, 32, [generator])[:, 0] + max(family.sizes) * seed
                adam = torch.optim.Adam(model.parameters(), lr=family.rate, fused=True)
                for step in range(steps):
                    adam.param_groups[0]["lr"] = family.rate * 0.5 * (1 + math.cos(math.pi * step / steps))
                    loss = cross_entropy(model(x[rows[step]]), y[rows[step]])
                    adam.zero_grad()
                    loss.backward()
                    adam.step()
                with torch.inference_mode():
                    found[a, i, seed] = (model(exam).argmax(-1) == truth).double().mean()
    return found


def clocked(frames: Iterator[dict[str, np.ndarray]]) -> tuple[np.ndarray, float, float, list[float], float]:
    """The last accuracies, wall and processor seconds, when each frame was there, and processor seconds spent on frames."""
    wall, cpu, times, spent, seen = time.perf_counter(), time.process_time(), [], [], []
    made = training._frame

    def timed(step: int, *rest: object) -> dict[str, np.ndarray]:
        began = time.process_time()
        frame = made(step, *rest)
        if not rest[-1]:  # the last frame, with its full test, is the result and not overhead
            spent.append(time.process_time() - began)
        return frame

    training._frame = timed
    try:
        for frame in frames:
            seen.append(frame["accuracy"])
            times.append(time.perf_counter() - wall)
    finally:
        training._frame = made
    return seen[-1], time.perf_counter() - wall, time.process_time() - cpu, times, sum(spent)


def main() -> None:
    """Measure and print."""
    settle()
    for _ in sweep(REQUEST):  # warm: imports, memory
        break
    wall, cpu = time.perf_counter(), time.process_time()
    reference = loop()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    runs = [clocked(sweep(REQUEST)) for _ in range(3)]
    framed = min(runs, key=lambda run: run[2])
    share = float(np.median([run[4] / (run[2] - run[4]) for run in runs]))
    gap = np.abs(framed[0].mean(-1) - reference.mean(-1)).max()
    assert gap <= 0.01, f"accuracies differ by {gap:.4f}"
    print(
        json.dumps(
            {
                "ratio_wall": round(wall / framed[1], 2),
                "ratio_cpu": round(cpu / framed[2], 2),
                "seconds": round(framed[1], 2),
                "first_frame": round(framed[3][0], 2),
                "second_frame": round(framed[3][1], 2),
                "loop_seconds": round(wall, 1),
                "models": reference.size,
                "steps": REQUEST.family.budget(REQUEST.size),
                "max_accuracy_gap": round(float(gap), 5),
                "frame_overhead": round(share, 3),
                "threads": torch.get_num_threads(),
            }
        )
    )


if __name__ == "__main__":
    main()
