"""Six architectures as a few lines of matrices, so small that every number fits on a page.

    N = what each element looks at, side by side      X, windows of X, [x_i | mean of its neighbours], A X, or all of X
    H = relu(N W + b)                                 represent: the same W for every row
    p = sum, max, mean or last row of H               aggregate
    z = p V + c,   q = softmax(z)                     answer
    L = -log q[truth]                                 loss

Only the line for N, and for a recurrent network that for H, tells the six apart.
Lecture "How to Model", slide "Unified View of Deep Learning Models".
"""

from collections.abc import Mapping

import torch
from torch import Tensor

Blocks = dict[str, Tensor | list[Tensor]]
POOLED = {"deep sets": "sum", "cnn": "max", "attention": "mean", "gcn": "sum", "rnn": "last"}
"""How rows become one; a multilayer perceptron has one row already."""


def windows(x: Tensor, picture: bool) -> Tensor:
    """Windows of 3 rows `(n, d) -> (n - 2, 3 d)`, or of 3 x 3 pixels `(s, s) -> ((s - 2)^2, 9)`; no zeros around."""
    if picture:
        return x.unfold(0, 3, 1).unfold(1, 3, 1).reshape(-1, 9)
    return x.unfold(0, 3, 1).transpose(1, 2).reshape(len(x) - 2, -1)


def attention(x: Tensor, query: Tensor, key: Tensor) -> Tensor:
    """Row i says how element i divides its look among all, `(n, n)`: softmax of x_i Q . x_j K / sqrt(width)."""
    return ((x @ query) @ (x @ key).T * query.shape[1] ** -0.5).softmax(1)


def looked_at(kind: str, x: Tensor, w: Mapping[str, Tensor], links: Tensor, picture: bool) -> Blocks:
    """N, and for attention A before it; nothing where an element looks at itself alone."""
    if kind == "cnn":
        return {"N": windows(x, picture)}
    if kind == "gcn":
        return {"N": torch.cat([x, links @ x / links.sum(1, keepdim=True).clamp(min=1)], 1)}
    if kind == "attention":
        a = attention(x, w["Q"], w["K"])
        return {"A": a, "N": a @ x}
    return {}


def recurrent(x: Tensor, w: Mapping[str, Tensor]) -> Blocks:
    """z_t = x_t W + h_(t-1) U + b and h_t = tanh(z_t), row by row, from h_0 = 0."""
    z: list[Tensor] = []
    h = [torch.zeros_like(w["b"][0])]
    for row in x:
        z.append(row @ w["W"] + h[-1] @ w["U"] + w["b"][0])
        h.append(z[-1].tanh())
    return {"Z": z, "H": h[1:]}


def forward(kind: str, x: Tensor, truth: int, w: Mapping[str, Tensor], links: Tensor, picture: bool = False) -> Blocks:
    """Every block by name, in the order it is computed; a recurrent network's Z and H as lists of rows.

    Args:
        kind: "deep sets", "cnn", "attention", "gcn", "rnn" or "mlp".
        x: elements `(n, d)`; of a multilayer perceptron all in one row `(1, n d)`.
        truth: the number of the right class.
        w: the weights W `(d', h)`, b `(1, h)`, V `(h, classes)`, c `(1, classes)`; Q, K of attention, U of a recurrent net.
        links: who is linked `(n, n)`, 0 or 1.
        picture: whether x is a grey picture, then windows are square.
    """
    found: Blocks = {"X": x, **looked_at(kind, x, w, links, picture)}
    if kind == "rnn":
        found |= recurrent(x, w)
        p = found["H"][-1].view(1, -1)
    else:
        seen = found.get("N", x)
        assert isinstance(seen, Tensor)
        found["Z"] = z = seen @ w["W"] + w["b"]
        found["H"] = h = z.relu()
        pools = {"sum": h.sum(0), "mean": h.mean(0), "max": h.amax(0)}
        p = h if kind == "mlp" else pools[POOLED[kind]].view(1, -1)
    if kind != "mlp":
        found["p"] = p
    found["z"] = logits = p @ w["V"] + w["c"]
    found["q"] = logits.softmax(1)
    found["L"] = (logits.logsumexp(1) - logits[0, truth]).view(1, 1)  # -log q[truth], finite where q is 0
    return found
