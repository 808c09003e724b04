"""Who is whose neighbour: the tables `(n, m)` that turn one block into every architecture (-1 means "nobody")."""

import torch
from torch import Tensor


def everyone(n: int) -> Tensor:
    """All elements see all: `(n, n)`; with weights of its own for each pair, the fully connected layer."""
    return torch.arange(n).expand(n, n)


def window(n: int, k: int) -> Tensor:
    """Each element of a sequence sees the k around it, `(n, k)`; positions outside are -1 (zero padding)."""
    table = torch.arange(n)[:, None] + torch.arange(k) - (k - 1) // 2
    return table.masked_fill((table < 0) | (table >= n), -1)


def patch(height: int, width: int, k: int) -> Tensor:
    """Each pixel of a picture sees the k x k around it, `(height * width, k * k)`, row by row, zero padding."""
    rows, columns = window(height, k), window(width, k)
    table = rows[:, None, :, None] * width + columns[None, :, None, :]
    outside = (rows < 0)[:, None, :, None] | (columns < 0)[None, :, None, :]
    return table.masked_fill(outside, -1).reshape(height * width, k * k)


def edges(pairs: Tensor, n: int) -> Tensor:
    """Each node of a graph sees the nodes with an edge into it, `(n, max degree)`, from edges `(2, m)` source, target."""
    near = [pairs[0, pairs[1] == i] for i in range(n)]
    width = max([1, *(len(a) for a in near)])
    return torch.stack([torch.cat([a, a.new_full((width - len(a),), -1)]) for a in near])
