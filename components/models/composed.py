"""A composed model: represent, mix with the neighbours some layers long, aggregate, read off the answer.

    X -> E = X W (or the words' vectors) (+ where it is) -> mixing, `layers` times -> pool -> W2 relu(W1 .) -> answer

See `composition.py` for the choices. Lecture "How to Model", slide "Unified View of Deep Learning Models".
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent
from components.models.composition import Composition, Shape, objections
from components.models.mixing import Mixing, matrix_of, table_of
from components.models.readout import Readout
from components.models.sequence_classifier import NOTHING, Embedding, positions
from components.values import BadInput


class Stage(NamedTuple):
    """What happens in one part of the model: its name, the shape that comes out, its weights."""

    name: str
    shape: tuple[int, ...]
    weights: int


class Composed(nn.Module):
    """`(r, b, n, d [+ n]) -> (r, b, answers)`; one logit per element `(r, b, n)` where the question is about each; for data with
    edges the last n numbers of an element are its row of the adjacency matrix. Elements that are all zero (of words: -2) are not
    there.

    Args:
        c: the choices.
        s: the data's shape.
        generators: one random generator per replica.

    Raises:
        BadInput: the choices cannot be built on such data; the sentence says why.
    """

    seen: Tensor

    def __init__(self, c: Composition, s: Shape, generators: Sequence[Generator]) -> None:
        super().__init__()
        for objection in objections(c, s):
            if objection.fatal:
                raise BadInput(objection.sentence)
        self.c, self.s = c, s
        h, own = c.width, 1 if c.shared else s.n
        self.embed = Embedding(s.tokens, h, generators) if s.tokens else Represent(s.d, h, generators, n=own)
        self.layers = nn.ModuleList(Mixing(h, h, c, s, generators) for _ in range(c.layers))
        table = table_of(c, s)
        whom = torch.eye(s.n, dtype=torch.bool) if table is None else matrix_of(table)
        self.register_buffer("seen", whom, persistent=False)
        if c.pool == "each":
            self.read1, self.read2 = Represent(h, h, generators), Represent(h, 1, generators)
        else:
            self.pool = Readout(c.pool, h, s.n, generators)
            self.read1, self.read2 = Represent(self.pool.width, h, generators), Represent(h, s.answers, generators)

    def split(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The elements `(r, b, n, d)`, which of them are there `(r, b, n)`, and who sees whom, broadcast to `(r, b, n, n)`."""
        x, rows = x[..., : self.s.d], x[..., self.s.d :]
        there = x[..., -1].round() != NOTHING if self.s.tokens else (x != 0).any(-1)
        if not self.s.linked and not self.s.tokens:
            there = torch.ones_like(there)  # a dark pixel is there, too
        sees = (rows > 0) if self.c.neighbours == "edges" else self.seen
        return x, there, sees & there.unsqueeze(2)

    def stages(self, x: Tensor) -> dict[str, Tensor]:
        """Every state on the way: "elements", "layer 0" (embedded), "layer 1" ..., "pooled" `(r, b, h')`, "hidden", "answer"."""
        x, there, sees = self.split(x)
        z = self.embed(x[..., -1].round().long()) if self.s.tokens else self.embed(x)
        if self.c.positions:
            z = z + positions(self.s.n, self.c.width).to(z)
        found = {"elements": x, "layer 0": z}
        for i, layer in enumerate(self.layers, 1):
            z = layer(z, sees) + (z if self.c.skip else 0.0)
            found[f"layer {i}"] = z
        if self.c.pool != "each":
            found["pooled"] = z = self.pool(z, there)
            z = z.unsqueeze(2)
        found["hidden"] = hidden = self.read1(z).relu()
        answer = self.read2(hidden)
        return found | {"answer": answer.squeeze(3 if self.c.pool == "each" else 2)}

    def forward(self, x: Tensor) -> Tensor:
        return self.stages(x)["answer"]

    def outline(self) -> list[Stage]:
        """The parts of one replica, with the shapes of one observation."""
        s, h = self.s, self.c.width
        parts: list[tuple[str, tuple[int, ...], list[nn.Module]]] = [
            ("elements", (s.n, s.d), []),
            ("represent", (s.n, h), [self.embed]),
        ]
        parts += [(f"layer {i}", (s.n, h), [layer]) for i, layer in enumerate(self.layers, 1)]
        if self.c.pool != "each":
            parts.append(("aggregate", (self.pool.width,), [self.pool]))
        parts.append(("answer", (s.n if self.c.pool == "each" else s.answers,), [self.read1, self.read2]))
        return [Stage(name, shape, sum(p[0].numel() for m in modules for p in m.parameters())) for name, shape, modules in parts]

    def lit(self, mark: int, rows: Tensor | None = None) -> Tensor:
        """What one element of the last layer has heard of, back to the elements: `(layers + 1, n)` of bool, the first row of the
        elements themselves, the last only itself.

        Args:
            mark: the element.
            rows: the adjacency matrix `(n, n)` of an observation, where edges come with it.
        """
        step = self.looks(rows)
        found = [torch.zeros(self.s.n, dtype=torch.bool)]
        found[0][mark] = True
        for _ in self.layers:
            found.append(found[-1] | step[found[-1]].any(0))
        return torch.stack(found[::-1])

    def looks(self, rows: Tensor | None = None) -> Tensor:
        """Who looks at whom in one layer, `(n, n)` of bool; `rows` as in `lit`."""
        return rows > 0 if rows is not None and self.c.neighbours == "edges" else self.seen

    def reach(self, rows: Tensor | None = None) -> list[int]:
        """How many elements the widest-seeing element has heard of after 0, 1, ... layers: the receptive field.

        Args:
            rows: the adjacency matrix `(n, n)` of an observation, where edges come with it.
        """
        step = self.looks(rows).float()
        far = torch.eye(self.s.n)
        found = [1]
        for _ in self.layers:
            far = ((torch.eye(self.s.n) + step) @ far > 0).float()
            found.append(int(far.sum(1).max()))
        return found
