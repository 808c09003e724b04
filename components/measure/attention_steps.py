"""Self-attention, step by step, in plain arrays: every matrix of the slide's formula.

    Q = X Wq    K = X Wk    V = X Wv        (n, d)
    S = Q K^T / (sqrt(d) t)                 (n, n)   t = 1 is the slide's; larger is milder, smaller is sharper
    A = softmax of each row of S            (n, n)   row i: how word i divides its attention, sum 1
    H = A V                                 (n, d)

Source: Vaswani et al. 2017, "Attention is all you need"; lecture, slide "Modern Sequence Models".
"""

import numpy as np


def self_attention(
    x: np.ndarray, wq: np.ndarray, wk: np.ndarray, wv: np.ndarray, *, causal: bool = False, temperature: float = 1.0
) -> dict[str, np.ndarray]:
    """All matrices by name: "X", "Wq", "Wk", "Wv", "Q", "K", "V", "S", "A", "H"; with a causal mask S is -infinity where column j
    comes after row i.

    Args:
        x: words `(n, d)`.
        wq, wk, wv: maps `(d, d)`.
        causal: no word looks at those behind it.
        temperature: t, above 0.
    """
    q, k, v = x @ wq, x @ wk, x @ wv
    scores = q @ k.T / (np.sqrt(x.shape[1]) * temperature)
    if causal:
        scores = np.where(np.tri(len(x), dtype=bool), scores, -np.inf)
    e = np.exp(scores - scores.max(-1, keepdims=True))
    a = e / e.sum(-1, keepdims=True)
    return {"X": x, "Wq": wq, "Wk": wk, "Wv": wv, "Q": q, "K": k, "V": v, "S": scores, "A": a, "H": a @ v}


def position_code(n: int, d: int) -> np.ndarray:
    """Sines and cosines of n positions, `(n, d)`; column 2i has the wavelength 2 pi 10,000^(2i / d)."""
    angle = np.arange(n)[:, None] / 10_000 ** (np.arange(0, d, 2) / d)
    return np.stack([np.sin(angle), np.cos(angle)], -1).reshape(n, -1)[:, :d]


def entropy(a: np.ndarray) -> np.ndarray:
    """Bits of each row: 0 where one word gets all the attention, log2 n where all get the same."""
    return -(a * np.log2(np.clip(a, 1e-12, None))).sum(-1)
