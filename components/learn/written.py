"""The sum behind one cell, written out with its numbers: what a learner sees who points at it."""

import numpy as np

from components.learn.tiny_samples import Tiny
from components.learn.unfolding import Moment, Named
from components.models.unfolded import POOLED

Array = np.ndarray
MOST = 6
"""Products written out; of more, the first."""
CHAIN = "all ways from here to the loss, added up by automatic differentiation"


def short(value: float) -> str:
    """A number for reading: three digits behind the point at most."""
    return "0" if abs(value) < 5e-4 else f"{value:.3f}".rstrip("0").rstrip(".").replace("-", "−")


def products(a: Array, b: Array, more: float | None = None) -> str:
    """a_1 · b_1 + a_2 · b_2 + ... (+ more) = the sum."""
    total = float(a @ b) + (more or 0.0)
    terms = [f"{short(x)}·{short(y)}" if y >= 0 else f"{short(x)}·({short(y)})" for x, y in zip(a, b, strict=True)]
    rest = f" + {len(terms) - MOST} more" if len(terms) > MOST else ""
    tail = "" if more is None else f" + {short(more)}" if more >= 0 else f" − {short(-more)}"
    return " + ".join(terms[:MOST]) + rest + tail + f" = {short(total)}"


def name_of(sample: Tiny, kind: str, block: str, i: int, j: int) -> str:
    """A cell by its names."""
    if block == "X":
        d = sample.x.shape[1]
        row, column = (j // d, j % d) if kind == "mlp" else (i, j)
        return f"{sample.elements[row]}, {sample.columns[column]}"
    if block in ("z", "q", "c"):
        return f"{block} of “{sample.classes[j]}”"
    return f"{block}, row {i + 1}, column {j + 1}"


def value(kind: str, sample: Tiny, moment: Moment, block: str, i: int, j: int) -> str:
    """How a number comes about on the way forward."""
    v, w = moment.blocks, moment.weights
    seen = v.get("N", v["X"])
    if block in w:
        return f"a weight: {short(w[block][i, j])}"
    if block == "Z":
        before = v["H"][i - 1] @ w["U"][:, j] if kind == "rnn" and i else 0.0
        memory = f", of which memory {short(float(before))}" if kind == "rnn" and i else ""
        return products(seen[i], w["W"][:, j], float(w["b"][0, j] + before)) + memory
    if block == "H":
        return f"{'tanh' if kind == 'rnn' else 'max(0, ·) of'} {short(v['Z'][i, j])} = {short(v['H'][i, j])}"
    if block == "z":
        return products(v["p" if "p" in v else "H"][0], w["V"][:, j], float(w["c"][0, j]))
    if block == "q":
        parts = " + ".join(f"e^{short(x)}" for x in v["z"][0])
        return f"e^{short(v['z'][0, j])} / ({parts}) = {short(v['q'][0, j])}"
    if block == "L":
        return f"−log {short(v['q'][0, sample.truth])} = {short(v['L'][0, 0])}, the truth is “{sample.classes[sample.truth]}”"
    if block == "p":
        column = v["H"][:, j]
        inner = ", ".join(short(x) for x in column)
        return f"{POOLED[kind]} of {inner} = {short(v['p'][0, j])}"
    return looked(kind, sample, v, block, i, j)


def looked(kind: str, sample: Tiny, v: Named, block: str, i: int, j: int) -> str:
    """X, A and N: what an element is, and what it looks at."""
    if block == "X":
        return f"given: {short(v['X'][i, j])}"
    if block == "A":
        return f"{sample.elements[i]} gives {v['A'][i, j]:.0%} of its look to {sample.elements[j]}"
    if kind == "attention":
        return products(v["A"][i], v["X"][:, j])
    d = v["X"].shape[1]
    if kind == "gcn" and j >= d:
        near = np.flatnonzero(sample.links[i])
        return f"mean of its neighbours' {', '.join(short(v['X'][k, j - d]) for k in near)} = {short(v['N'][i, j])}"
    return f"copied from X: {short(v['N'][i, j])}"


def slope(kind: str, sample: Tiny, moment: Moment, block: str, i: int, j: int) -> str:
    """How a gradient comes about on the way back: the gradient after it, times what it was multiplied with."""
    v, w, g = moment.blocks, moment.weights, moment.slopes
    pooled = "p" if "p" in v else "H"
    if block == "L":
        return "∂L/∂L = 1"
    if block == "q":
        return (
            f"−1 / {short(v['q'][0, j])} = {short(g['q'][0, j])}" if j == sample.truth else "0: the loss looks at the truth alone"
        )
    if block in "zc":
        truth = int(j == sample.truth)
        return f"q − truth = {short(v['q'][0, j])} − {truth} = {short(g[block][0, j])}"
    if block == "V":
        return products(v[pooled][0][[i]], g["z"][0][[j]])
    if block == pooled:
        return products(g["z"][0], w["V"][j])
    if block == "W":
        return products(v.get("N", v["X"])[:, i], g["Z"][:, j])
    if block == "b":
        return " + ".join(short(x) for x in g["Z"][:, j]) + f" = {short(g['b'][0, j])}"
    if block == "U":
        return products(v["H"][:-1, i], g["Z"][1:, j])
    return further(kind, v, w, g, block, i, j)


def further(kind: str, v: Named, w: Named, g: Named, block: str, i: int, j: int) -> str:
    """Gradients of H, Z and of what lies before them."""
    if block == "H" and kind == "rnn":
        if i == len(v["H"]) - 1:
            return f"from p: {short(g['H'][i, j])}"
        return "from the next row: " + products(g["Z"][i + 1], w["U"][j])
    if block == "H":
        way = {"sum": "p", "mean": f"p / {len(v['H'])}", "max": "p where it is the largest, else 0"}[POOLED[kind]]
        return f"∂L/∂{way} = {short(g['H'][i, j])}"
    if block == "Z":
        factor = 1 - v["H"][i, j] ** 2 if kind == "rnn" else float(v["Z"][i, j] > 0)
        reason = "1 − tanh²" if kind == "rnn" else "above 0" if factor else "shut, below 0"
        return f"{short(g['H'][i, j])} · {short(factor)} ({reason}) = {short(g['Z'][i, j])}"
    if block == "N" or (block == "X" and "N" not in v):
        return products(g["Z"][i], w["W"][j])
    if block == "A":
        return products(g["N"][i], v["X"][j])
    return f"{CHAIN} = {short(g[block][i, j])}"


def update(moment: Moment, block: str, i: int, j: int, rate: float) -> str:
    """One weight's step."""
    old, by = moment.weights[block][i, j], moment.slopes[block][i, j]
    return f"{short(old)} − {rate:g} · {short(by)} = {short(moment.after[block][i, j])}"
