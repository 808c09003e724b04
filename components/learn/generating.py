"""Training a generator and letting it write: guess the next token of a text or a melody, then go on alone.

    loss = mean -log2 p(y_t | y_1 ... y_(t-1))       bits a token

The corpus is cut into `batch` long rows that are read side by side, `span` tokens at a time; the memory is carried from one span
to the next, the gradient is not (truncated backpropagation through time: Williams & Peng 1990). Slide: "Sequence Generation".
"""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor
from torch.nn.functional import cross_entropy

from components.measure.next_token import drawn, shares
from components.models.generator import Writer
from components.tasks.corpora import Corpus, bigram_bits, unigram_bits
from components.tasks.melodies import END, melodies
from components.tasks.prose import prose
from components.values import Frame

CORPORA: dict[str, Callable[[], Corpus]] = {"prose": prose, "melodies": melodies}
PEEK, WARM, SAMPLE = 64, 8, {"prose": 80, "melodies": 24}
Weights = Mapping[str, np.ndarray]


class Request(NamedTuple):
    """A training run: equal requests are the same run."""

    corpus: str = "prose"
    kind: str = "lstm"
    width: int = 128
    steps: int = 600
    batch: int = 32
    span: int = 32
    rate: float = 8e-3
    seed: int = 0
    every: int = 5


class Written(NamedTuple):
    """What a generator wrote: tokens `(n,)`, the probabilities each was drawn from `(n, v)` and the memory h before it `(n, h)`;
    and how many tokens a second."""

    tokens: np.ndarray
    p: np.ndarray
    hidden: np.ndarray
    pace: float


def first_token(corpus: Corpus) -> int:
    """What stands before the beginning: the end of a paragraph, or of a melody."""
    return corpus.names.index(END if END in corpus.names else "\n")


@lru_cache(maxsize=2)
def baselines(corpus: str) -> tuple[float, float]:
    """Bits a token of counting single tokens and pairs of tokens, on the held-out part."""
    return unigram_bits(CORPORA[corpus]()), bigram_bits(CORPORA[corpus]())


def rows(ids: np.ndarray, batch: int) -> Tensor:
    """One long row of tokens as `batch` rows side by side, `(1, batch, n)`."""
    n = len(ids) // batch
    return torch.from_numpy(ids[: n * batch].astype(np.int64)).view(1, batch, n)


def held_out_bits(model: Writer, ids: np.ndarray, batch: int = 32, most: int = 10**9) -> float:
    """Bits a token on held-out rows, from their beginnings; the first tokens, which have no past, do not count."""
    tokens = rows(ids, batch)[..., : most + 1]
    with torch.inference_mode():
        scores = model(tokens[..., :-1])[:, :, WARM:]
        return float(cross_entropy(scores.flatten(0, 2), tokens[..., 1 + WARM :].flatten())) / math.log(2)


def weights(model: Writer) -> dict[str, np.ndarray]:
    """U `(v, gates h)`, b, W `(h, gates h)`, V `(h, v)` and c of one trained generator."""
    parts = {
        "U": model.cell.input.weight[0, 0, 0], "b": model.cell.input.bias[0, 0], "W": model.cell.recur[0, 0],
        "V": model.read.weight[0, 0, 0], "c": model.read.bias[0, 0],
    }  # fmt: skip
    return {name: p.detach().numpy().astype(np.float32) for name, p in parts.items()}


def advance(own: Weights, token: int, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One step of the memory: the new h and c `(h,)` after `token`; an RNN's c stays as it is."""
    z = own["U"][token] + own["b"] + h @ own["W"]
    if len(z) == len(h):
        return np.tanh(z), c
    i, f, g, o = np.split(z, 4)
    c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
    return np.tanh(c) / (1 + np.exp(-o)), c


def write(
    own: Weights, prompt: np.ndarray, n: int, temperature: float, keep: int, seed: int, picks: Mapping[int, int] | None = None
) -> Written:
    """Read `prompt` (at least one token), then write n tokens, each drawn from the probabilities of the moment.

    Token t uses the t-th random number of `seed`, so the beginning of a longer text is the shorter one. `picks` sets tokens by
    hand: place -> token.
    """
    began = time.perf_counter()
    h, c = np.zeros((2, len(own["W"])), np.float32)
    for token in prompt:
        h, c = advance(own, int(token), h, c)
    luck = np.random.default_rng(seed).random(n)
    tokens, p, hidden = np.zeros(n, np.int64), np.zeros((n, len(own["c"])), np.float32), np.zeros((n, len(h)), np.float32)
    for t in range(n):
        chances = shares(h @ own["V"] + own["c"], temperature, keep)
        tokens[t] = (picks or {}).get(t, drawn(chances, luck[t]))
        p[t], hidden[t] = chances, h
        h, c = advance(own, int(tokens[t]), h, c)
    return Written(tokens, p, hidden, (len(prompt) + n) / (time.perf_counter() - began))


def learn(request: Request) -> Iterator[Frame]:
    """Train, and write a line at every frame.

    Yields:
        Frames with `step`, `steps`, `bits` (a token, on the held-out part: a stretch of it, in the last frame all), `loss` (bits
        a token in training since the last frame), `seen` (tokens read so far), `sample (n,)`, and in the last frame the weights
        under `weights/`.
    """
    corpus = CORPORA[request.corpus]()
    model = Writer(len(corpus.names), request.width, [Generator().manual_seed(request.seed)], request.kind)
    adam = torch.optim.Adam(model.parameters(), lr=request.rate)
    data = rows(corpus.train, request.batch)
    state, at, total = model.start(1, request.batch), 0, 0.0
    yield _frame(request, corpus, model, 0, float("nan"))
    for step in range(1, request.steps + 1):
        if at + request.span + 1 > data.shape[2]:
            state, at = model.start(1, request.batch), step % request.span  # once more, cut at other places
        piece = data[..., at : at + request.span + 1]
        scores, state = model.run(piece[..., :-1], state)
        state, at = (state[0].detach(), state[1].detach()), at + request.span
        loss = cross_entropy(scores.flatten(0, 2), piece[..., 1:].flatten())
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for group in adam.param_groups:
            group["lr"] = request.rate * 0.5 * (1 + math.cos(math.pi * (step - 1) / request.steps))
        adam.step()
        total += float(loss.detach()) / math.log(2)
        if step % request.every == 0 or step == request.steps:
            since = step % request.every or request.every
            yield _frame(request, corpus, model, step, total / since)
            total = 0.0


def _frame(request: Request, corpus: Corpus, model: Writer, step: int, loss: float) -> Frame:
    """What is measured and written at one moment."""
    done, own = step == request.steps, weights(model)
    sample = write(own, np.array([first_token(corpus)]), SAMPLE[request.corpus], 0.8, 0, 7)
    frame = {
        "step": np.array(step),
        "steps": np.array(request.steps),
        "bits": np.array(held_out_bits(model, corpus.test, most=10**9 if done else PEEK)),
        "loss": np.array(loss),
        "seen": np.array(step * request.batch * request.span),
        "sample": sample.tokens.astype(np.uint8),
    }
    return frame | ({f"weights/{name}": value for name, value in own.items()} if done else {})
