"""Train the small translators of the view "Translate" of the Sequences page, with and without attention, and measure them.

    python -m pretrained.build.encoder_decoder [dates es fr de]

About four minutes of one core. Writes `pretrained/weights/encoder_decoder.npz` (plain arrays, no pickle): for the dates and each
language, under `<pairs>/<attention or last>/`: `w/<parameter>` (float16), `train` and `test` `(2,)` (share of exact outputs,
and of right words), `counts (2,)` (how many pairs of each part), `known (2,)` (exact, and how many: held-out pairs whose
words are all in the dictionaries), `lengths` and `right` of every held-out pair;
under `<pairs>/curve`: `step` and `exact (frames, 2)`; and `about`: date, machine, versions, what was asked for.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch

from components.learn.translating import KINDS, LONG, Request, alone, examples, restored, right, tables, train
from components.models.encoder_decoder import END, NOTHING, UNKNOWN, EncoderDecoder, greedy
from components.tasks import dates
from components.tasks.translations import LANGUAGES
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

FILE = Path(__file__).parents[1] / "weights" / "encoder_decoder.npz"
REQUESTS = {"dates": Request("dates", 1200, 64, most=3, h=32)} | {
    name: Request(name, 600, 48, 1e-2, h=24, example="the") for name in LANGUAGES
}


def measured(model: EncoderDecoder, pairs: str, texts: list[tuple[str, str]]) -> tuple[np.ndarray, np.ndarray]:
    """Share of exact outputs and of right words; and for each pair its source's length and whether it is exact."""
    x, y = tables(pairs, texts)
    exact = right(model, x, y)[0]
    found = torch.nn.functional.pad(greedy(model, x[None], LONG)[0], (0, y.shape[1]), value=END)[:, : y.shape[1]]
    words = (found == y)[y != NOTHING].float().mean()
    kept = torch.stack([(x != NOTHING).sum(1), exact.long()])
    return np.array([float(exact.float().mean()), float(words)]), kept.numpy().astype(np.uint8)


def whole(pairs: str, texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those whose every word is in the dictionaries."""
    return [pair for pair in texts if all(int((t == UNKNOWN).sum()) == 0 for t in tables(pairs, [pair]))]


def arrays(pairs: str, request: Request) -> Frame:
    """Both models of a task, and what they can do."""
    frames = list(train(request, every=25))
    found: Frame = {
        f"{pairs}/curve/step": np.array([f["step"] for f in frames]),
        f"{pairs}/curve/exact": np.array([f["exact"] for f in frames], np.float16),
    }
    learnt, held = (examples(pairs, part, request) for part in ("train", "test"))
    for i, (aligned, kind) in enumerate(KINDS.items()):
        own = {name: value.astype(np.float16) for name, value in alone(frames[-1], i).items()}
        model, start = restored(pairs, aligned, own, "w/"), f"{pairs}/{kind}"
        found |= {f"{start}/{name}": value for name, value in own.items()}
        found[f"{start}/train"], _ = measured(model, pairs, learnt[:1000])
        found[f"{start}/test"], kept = measured(model, pairs, held)
        found[f"{start}/counts"] = np.array([len(learnt), len(held)])
        fair = whole(pairs, held)
        found[f"{start}/known"] = np.array([measured(model, pairs, fair)[0][0], len(fair)])
        if pairs == "dates":
            kept = np.concatenate([measured(model, pairs, dates.examples(400, 9, "test", (n,)))[1] for n in range(1, 5)], 1)
        found[f"{start}/lengths"], found[f"{start}/right"] = kept
        print(start, *(found[f"{start}/{k}"] for k in ("train", "test", "known", "counts")), flush=True)
    return found


def main() -> None:
    """Train those named on the command line, or all; measure, write."""
    torch.set_num_threads(1)
    found: Frame = dict(np.load(FILE, allow_pickle=False)) if sys.argv[1:] else {}
    found.pop("about", None)
    for pairs in sys.argv[1:] or REQUESTS:
        found |= arrays(pairs, REQUESTS[pairs])
    asked = {name: f"{r.steps} steps of {r.batch}, at a rate of {r.rate:g}" for name, r in REQUESTS.items()}
    about = {"date": today(), "machine": machine(), "torch": torch.__version__} | asked
    np.savez_compressed(FILE, allow_pickle=False, about=np.array(json.dumps(about)), **found)
    print(FILE.stat().st_size)
    enter(
        FILE,
        licence="MIT; trained on made-up dates, and on message catalogues of Django 5.2 (BSD-3-Clause)",
        source="trained by this project",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.encoder_decoder",
    )


if __name__ == "__main__":
    main()
