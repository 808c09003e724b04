"""Training an encoder and decoder with and without attention, side by side, and what the trained ones do with a source.

    loss = - sum_i log p(y_i | y_<i, source)        (teacher forcing: the true tokens before are given)

Both learn from the same batches in one stack of two, with the same number of weights. Sources: see `encoder_decoder.py`.
"""

import json
import math
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor

from components.learn.device import settle
from components.models.encoder_decoder import END, NOTHING, UNKNOWN, Decoded, EncoderDecoder, decode, greedy
from components.tasks import dates, translations
from components.values import Frame

FILE = Path(__file__).parents[2] / "pretrained" / "weights" / "encoder_decoder.npz"
KINDS = {True: "attention", False: "last"}
LONG = 48  # tokens written at most


class Request(NamedTuple):
    """What a training run depends on."""

    pairs: str = "dates"  # or a language of `translations.LANGUAGES`
    steps: int = 600
    batch: int = 64
    rate: float = 8e-3
    pool: int = 4096  # training examples, of dates
    most: int = 2  # dates in a source, at most
    d: int = 24
    h: int = 32
    example: str = ""  # a source whose alignment every frame shows


class Books(NamedTuple):
    """The dictionaries of a task, and how its texts are cut and joined."""

    source: tuple[str, ...]
    target: tuple[str, ...]  # 0 is the end


@cache
def books(pairs: str) -> Books:
    """Dates, or one language."""
    return Books(dates.WORDS, dates.WRITTEN) if pairs == "dates" else Books(*translations.dictionaries(pairs))


def split(pairs: str, text: str) -> tuple[str, ...]:
    """The tokens of a source."""
    return dates.split(text) if pairs == "dates" else translations.split(text)


def numbered(pairs: str, tokens: Sequence[str]) -> tuple[int, ...]:
    """Source tokens as numbers, -1 for those not in the dictionary."""
    known = _places(pairs, 0)
    return tuple(known.get(t, UNKNOWN) for t in tokens)


def answer(pairs: str, text: str) -> tuple[int, ...]:
    """A true output as numbers, with its end; -1 for a word that cannot be written."""
    known = _places(pairs, 1)
    return (*(known.get(t, UNKNOWN) for t in (text if pairs == "dates" else translations.split(text))), END)


@cache
def _places(pairs: str, side: int) -> dict[str, int]:
    return {word: i for i, word in enumerate(books(pairs)[side])}


def examples(pairs: str, part: str, request: Request) -> list[tuple[str, str]]:
    """Training or held-out pairs."""
    if pairs != "dates":
        return translations.pairs(pairs, part)
    return dates.examples(request.pool if part == "train" else 1000, 5, part, tuple(range(1, request.most + 1)))


def padded(rows: Sequence[Sequence[int]], empty: int) -> Tensor:
    """Rows of numbers as one table."""
    return torch.tensor([[*row, *[empty] * (max(map(len, rows)) - len(row))] for row in rows])


def tables(pairs: str, texts: Sequence[tuple[str, str]]) -> tuple[Tensor, Tensor]:
    """Sources `(b, n)` and outputs `(b, m)`, both with NOTHING behind the end."""
    sources = padded([numbered(pairs, split(pairs, s)) for s, _ in texts], NOTHING)
    return sources, padded([answer(pairs, t) for _, t in texts], NOTHING)


def right(model: EncoderDecoder, x: Tensor, y: Tensor) -> Tensor:
    """For each replica and source `(b, n)`, whether the greedy output is exactly the true one: `(r, b)`."""
    r = len(model.aligned)
    found = greedy(model, x.expand(r, -1, -1), y.shape[1] + 2)
    width = max(found.shape[2], y.shape[1])
    found = torch.nn.functional.pad(found, (0, width - found.shape[2]), value=END)
    true = torch.nn.functional.pad(y, (0, width - y.shape[1]), value=NOTHING)
    return (found == torch.where(true == NOTHING, END, true)).all(-1)


def train(request: Request, every: int = 10, tested: int = 64, aligned: tuple[bool, ...] = (True, False)) -> Iterator[Frame]:
    """Train with and without attention at once; a frame every `every` steps, the first before any.

    Yields:
        "step", "steps", "loss (2,)" per token, "exact (2,)" (share of held-out sources written exactly right; of `tested`, at
        the end of all), "tested", and for the example: "weights (m, n)", "tokens (m,)"; with the last frame the weights of
        the models, "w/<name> (2, ...)".
    """
    settle()
    pairs, seeds = request.pairs, [Generator().manual_seed(0) for _ in aligned]
    source, target = books(pairs)
    model = EncoderDecoder(len(source), len(target), seeds, aligned, request.d, request.h)
    x, y = tables(pairs, examples(pairs, "train", request))
    exam = tables(pairs, examples(pairs, "test", request))
    example = torch.tensor(numbered(pairs, split(pairs, request.example)) or (0,))
    adam, draw = torch.optim.Adam(model.parameters(), lr=request.rate, fused=True), Generator().manual_seed(1)
    total, since = torch.zeros(len(aligned)), 0
    for step in range(request.steps + 1):
        done = step == request.steps
        if done or step % every == 0:
            frame = _frame(model, exam if done else (exam[0][:tested], exam[1][:tested]), example, done)
            yield frame | {
                "step": np.array(step),
                "steps": np.array(request.steps),
                "loss": (total / max(1, since)).numpy().copy(),
            }
            total, since = torch.zeros_like(total), 0
        if done:
            return
        for group in adam.param_groups:
            group["lr"] = request.rate * 0.5 * (1 + math.cos(math.pi * step / request.steps))
        rows = torch.randint(len(x), (request.batch,), generator=draw)
        loss = mistakes(model, *_cut(x[rows], y[rows]))
        adam.zero_grad()
        loss.sum().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        adam.step()
        total, since = total + loss.detach(), since + 1


def _cut(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Without the room that no row of this batch needs."""
    return tuple(t[:, : int((t != NOTHING).sum(1).max())] for t in (x, y))  # type: ignore[return-value]


def mistakes(model: EncoderDecoder, x: Tensor, y: Tensor) -> Tensor:
    """Mean cross entropy per true token, `(r,)`; words that cannot be written and the room behind do not count."""
    r = len(model.aligned)
    counts = (y >= 0).to(torch.float32)
    logits, _ = model(x.expand(r, -1, -1), y.clamp(min=0).expand(r, -1, -1))
    own = logits.log_softmax(-1).gather(-1, y.clamp(min=0).expand(r, -1, -1).unsqueeze(-1)).squeeze(-1)
    return -(own * counts).sum((1, 2)) / counts.sum()


def _frame(model: EncoderDecoder, exam: tuple[Tensor, Tensor], example: Tensor, done: bool) -> Frame:
    """How well it does now, and the example's alignment."""
    r = len(model.aligned)
    with torch.inference_mode():
        exact = right(model, *_cut(*exam)).float().mean(1)
        tokens = greedy(model, example.expand(r, 1, -1), 32)
        _, a = model(example.expand(r, 1, -1), tokens)
    m = int((tokens[0, 0] != END).sum()) or 1
    found = {
        "exact": exact.numpy(),
        "tested": np.array(len(exam[0])),
        "weights": a[0, 0, :m].numpy(),
        "tokens": tokens[0, 0, :m].numpy(),
    }
    return found | ({f"w/{k}": v.numpy().copy() for k, v in model.state_dict().items()} if done else {})


def alone(frame: Frame, i: int, count: int = 2) -> Frame:
    """The weights of model i out of a stack of `count`, from a last frame: `w/<parameter> (1, ...)`, encoder `(2, ...)`."""
    found = {k: v[i : i + 1] for k, v in frame.items() if k.startswith("w/")}
    return found | {k: frame[k][[i, i + count]] for k in found if k.startswith("w/encoder.")}  # forwards of all, then backwards


@cache
def recorded() -> dict[str, np.ndarray]:
    """The file: `<pairs>/<attention or last>/w/<parameter>` and measurements, see the script that wrote it; and `about`."""
    with np.load(FILE, allow_pickle=False) as data:
        return dict(data)


def about() -> dict[str, str]:
    """Date, machine, versions."""
    return dict(json.loads(str(recorded()["about"])))


def restored(pairs: str, aligned: bool, found: Frame, start: str) -> EncoderDecoder:
    """A model from arrays `<start><parameter>`."""
    weights = {k.removeprefix(start): torch.from_numpy(v.astype(np.float32)) for k, v in found.items() if k.startswith(start)}
    source, target = books(pairs)
    d, h = weights["written"].shape[2], weights["encoder.recur"].shape[2]
    model = EncoderDecoder(len(source), len(target), [Generator().manual_seed(0)], (aligned,), d, h)
    model.load_state_dict(weights)
    return model.eval()


@cache
def model(pairs: str, aligned: bool) -> EncoderDecoder:
    """One of the recorded models."""
    settle()  # one thread: with two, a busy machine makes small networks a hundred times slower
    return restored(pairs, aligned, recorded(), f"{pairs}/{KINDS[aligned]}/w/")


@lru_cache(maxsize=256)
def translated(pairs: str, aligned: bool, ids: tuple[int, ...], width: int) -> Decoded:
    """What a recorded model writes for a source, computed once for all who look at the same."""
    return decode(model(pairs, aligned), torch.tensor(ids), LONG, width)
