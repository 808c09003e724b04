"""Structure of a sequence of symbols: what the one before tells, and how words gather in parts of the text.

    I_d = I(w_t ; w_{t+d})  - the mean over shuffled copies      what a word tells of the one d further on, bits
    J_b = I(w ; block)      - the mean over shuffled copies      what a word tells of the block of b words it stands in, bits

A plug-in mutual information of few words is far too large; that of shuffled copies is too large by the same, so that their mean
is taken away. Sources: Shannon 1951; Li 1990, Mutual information functions; Montemurro & Zanette 2010 for blocks.
"""

import numpy as np

from components.measure.base import number, undefined
from components.measure.entropy import counted, entropy, mutual_information
from components.measure.surrogates import COPIES, SEED, chance, outside
from components.measure.views import symbols
from components.values import Curve, Reading, Sample

SLIDE = "slide Modality Profile 3, structure"
DISTANCES, FEWEST = (1, 2, 3, 4, 6, 8, 12, 16), 6
NEAR, FAR = "what a neighbour tells", "told by the part of the text"


def near(ids: np.ndarray, at: tuple[int, ...]) -> np.ndarray:
    """I of symbols `at` these distances, plug-in, bits."""
    return np.array([mutual_information(ids[:-d], ids[d:]) for d in at])


def gathered(ids: np.ndarray, blocks: list[int]) -> np.ndarray:
    """I of a symbol and the block it stands in, plug-in, bits, for each block length."""
    return np.array([mutual_information(ids, np.arange(len(ids)) // b) for b in blocks])


def measure(sample: Sample) -> tuple[tuple[Reading, ...], bool, bool]:
    """What a neighbour tells, what the part of the text tells; whether each is beyond chance."""
    streams = symbols(sample)
    ids = streams[0].ids if streams else np.zeros(0, int)
    what = streams[0].element if streams else "symbol"
    one = f"Mutual information of neighbouring {what}s in parts of the entropy of one, less what shuffled copies give"
    two = f"Mutual information of a {what} and the block of the text it stands in, less what shuffled copies give"
    formulas = (
        r"\frac{I(w_t;w_{t+1})-\overline{I}_{\text{shuffled}}}{H(w)}",
        r"\max_b\;I(w;\text{block}_b)-\overline{I}_{\text{shuffled}}",
    )
    sources = f"Shannon 1951; {SLIDE}", f"Montemurro & Zanette 2010; {SLIDE}"
    h = entropy(counted(ids))
    if len(ids) < FEWEST or h == 0:
        why = f"there are fewer than {FEWEST} {what}s" if len(ids) < FEWEST else f"all {what}s are the same"
        missing = undefined(NEAR, "%", f"{one}.", formulas[0], sources[0], why)
        return (missing, undefined(FAR, f"bits/{what}", f"{two}.", formulas[1], sources[1], why)), False, False
    rng = np.random.default_rng(SEED)
    copies = [rng.permutation(ids) for _ in range(COPIES)]
    at = tuple(d for d in DISTANCES if d <= len(ids) // 2)
    blocks = [2**k for k in range(1, int(np.log2(len(ids) / 2)) + 1)]
    told, others = near(ids, at), np.array([near(c, at) for c in copies])
    parts, mixed = gathered(ids, blocks), np.array([gathered(c, blocks) for c in copies])
    best = int((parts - mixed.mean(0)).argmax())
    found, far = outside(told[0], others[:, 0]), outside(parts[best], mixed[:, best])
    value, more = (0.0 if abs(v) < 1e-9 else v for v in (told[0] - others[:, 0].mean(), parts[best] - mixed[:, best].mean()))
    one += f"; {'beyond' if found else 'within'} what shuffled copies give, where {chance(COPIES)}"
    two += f"; the largest over all block lengths, here {blocks[best]} {what}s, {'beyond' if far else 'within'} the band"
    one, two = (f"{what}; below 0: less than in shuffled copies." for what in (one, two))
    return (
        number(NEAR, 100 * value / h, "%", one, formulas[0], sources[0],
               _curve(at, told, others, f"distance, {what}s"), chance=not found),
        number(FAR, more, f"bits/{what}", two, formulas[1], sources[1],
               _curve(blocks, parts, mixed, f"block length, {what}s"), chance=not far),
    ), found, far  # fmt: skip


def _curve(x: "tuple[int, ...] | list[int]", y: np.ndarray, copies: np.ndarray, title: str) -> Curve:
    return {
        "x": np.array(x, float),
        "y": y,
        "x_title": title,
        "y_title": "mutual information, bits",
        "log": "x",
        "baseline": copies.mean(0),
        "low": copies.min(0),
        "high": copies.max(0),
    }
