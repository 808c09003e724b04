"""Sequence to sequence: an encoder reads all of the source, a decoder writes the output token by token.

    h_j  = states of an LSTM that reads forwards, beside those of one that reads backwards         j = 1 ... n
    s_i  = LSTM(y_(i-1), s_(i-1)),     s_0 = what both readers hold at their ends
    a_ij = softmax_j(s_i . h_j),       c_i = sum_j a_ij h_j         with attention
                                       c_i = s_0                    without: one vector for the whole source
    p(y_i | y_<i, source) = softmax(W tanh(V [c_i; s_i]))

Sources: Sutskever et al. 2014 and Cho et al. 2014 (without attention); Bahdanau et al. 2015; Luong et al. 2015 (the dot product);
lecture, slides "Sequence-to-Sequence Models" and "Birth of attention-based models: dynamic weights for different elements".
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent, uniform
from components.models.recurrent import Recurrent, State

UNKNOWN, NOTHING = -1, -2  # source: a token not in the dictionary; the empty room behind a shorter source
END = 0  # target: the end of the output, and what stands before its first token


class Memory(NamedTuple):
    """What the encoder leaves behind."""

    h: Tensor  # (r, b, n, 2h) one state per source token
    there: Tensor  # (r, b, n) whether there is a token
    end: Tensor  # (r, b, 2h) both readers' last states
    state: State  # where the decoder starts, (r, b, 2h) twice


class Hypothesis(NamedTuple):
    """An output, whole or not yet."""

    tokens: tuple[int, ...]
    log_p: float  # natural logarithm of its probability


class Decoded(NamedTuple):
    """An output and how it came about, step by step."""

    tokens: tuple[int, ...]  # (m,), the last is END unless the longest length was reached
    log_p: float
    p: Tensor  # (m, target) what each step would write, given what was written before
    weights: Tensor  # (m, n) alignment; zeros without attention
    kept: list[list[Hypothesis]]  # the beam after each step


class EncoderDecoder(nn.Module):
    """Source tokens `(r, b, n)` and what was written so far `(r, b, m)` to logits `(r, b, m, target)`.

    Args:
        source, target: entries of the two dictionaries; target 0 is the end.
        generators: one random generator per replica.
        aligned: for each replica, whether its decoder attends; the number of weights is the same.
        d, h: numbers per token, and per state of each reader; the decoder's state has 2h.
    """

    def __init__(
        self,
        source: int,
        target: int,
        generators: Sequence[Generator],
        aligned: Sequence[bool] = (True,),
        d: int = 24,
        h: int = 32,
    ) -> None:
        super().__init__()
        self.aligned = tuple(aligned)
        self.known = source
        self.read_in = uniform((source + 1, d), 1.0, generators)  # the last row is the unknown token's
        self.written = uniform((target, d), 1.0, generators)
        self.encoder = Recurrent(d, h, [*generators, *generators], "lstm")  # forwards, and as further replicas backwards
        self.decoder = Recurrent(d, 2 * h, generators, "lstm")
        self.mix = Represent(4 * h, 2 * h, generators)
        self.out = Represent(2 * h, target, generators)
        with torch.no_grad():  # forget gates start open (Jozefowicz et al. 2015)
            for layer in (self.encoder, self.decoder):
                layer.input.bias[..., layer.h : 2 * layer.h] += 1

    @staticmethod
    def look_up(table: Tensor, ids: Tensor) -> Tensor:
        """Each token's vector, `(r, rows, d)` and `(r, b, n) -> (r, b, n, d)`."""
        r, rows, _ = table.shape
        return table.flatten(0, 1)[ids + rows * torch.arange(r, device=ids.device)[:, None, None]]

    def encode(self, ids: Tensor) -> Memory:
        """Read sources `(r, b, n)`; each has at least one token."""
        there = ids != NOTHING
        z = self.look_up(self.read_in, torch.where((ids < 0) | (ids >= self.known), self.known, ids))
        size, place = there.sum(2, keepdim=True), torch.arange(ids.shape[2], device=ids.device)
        mirror = torch.where(place < size, size - 1 - place, place).unsqueeze(-1)  # the same table turns round and back
        turned = z.gather(2, mirror.expand_as(z))
        read = self.encoder.unrolled(torch.cat([z, turned], 0))
        last = (size - 1).clamp(min=0).unsqueeze(-1).repeat(2, 1, 1, 1)
        h, c = (
            torch.cat([*v.gather(2, last.expand(-1, -1, 1, v.shape[-1])).squeeze(2).chunk(2)], -1) for v in (read["h"], read["c"])
        )
        onward, back = read["h"].chunk(2)
        both = torch.cat([onward, back.gather(2, mirror.expand_as(back))], -1)
        return Memory(both, there, h, (h, c))

    def attend(self, s: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """Contexts `(r, b, m, 2h)` and the alignment `(r, b, m, n)` for decoder states `s (r, b, m, 2h)`."""
        scores = s @ memory.h.transpose(-1, -2)
        a = scores.masked_fill(~memory.there.unsqueeze(2), torch.finfo(scores.dtype).min).softmax(-1)
        on = torch.tensor(self.aligned, device=s.device)[:, None, None, None]
        return torch.where(on, a @ memory.h, memory.end.unsqueeze(2)), a * on

    def write(self, s: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """Logits and alignment for decoder states `s (r, b, m, 2h)`."""
        c, a = self.attend(s, memory)
        return self.out(self.mix(torch.cat([c, s], -1)).tanh()), a

    def step(self, y: Tensor, state: State, memory: Memory) -> tuple[Tensor, Tensor, State]:
        """One token further: last tokens `y (r, b)` to logits `(r, b, target)`, alignment `(r, b, n)`, and the new state."""
        state, _ = self.decoder.cell(self.decoder.input(self.look_up(self.written, y.unsqueeze(2)))[:, :, 0], state, 0)
        logits, a = self.write(state[0].unsqueeze(2), memory)
        return logits[:, :, 0], a[:, :, 0], state

    def forward(self, ids: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        """Teacher forcing: logits `(r, b, m, target)` and alignment `(r, b, m, n)`, each step after the true tokens before it.

        Args:
            ids: sources `(r, b, n)`.
            y: true outputs `(r, b, m)`; step i is given token i - 1.
        """
        memory = self.encode(ids)
        before = torch.cat([torch.full_like(y[:, :, :1], END), y[:, :, :-1]], 2)
        z, state, states = self.decoder.input(self.look_up(self.written, before)), memory.state, []
        for i in range(y.shape[2]):
            state, _ = self.decoder.cell(z[:, :, i], state, 0)
            states.append(state[0])
        return self.write(torch.stack(states, 2), memory)


@torch.inference_mode()
def greedy(model: EncoderDecoder, ids: Tensor, most: int) -> Tensor:
    """The likeliest token at every step, for sources `(r, b, n)`: outputs `(r, b, m)`, END behind each one's end, m <= most."""
    memory = model.encode(ids)
    y, state, found = ids.new_full(ids.shape[:2], END), memory.state, []
    over = torch.zeros_like(y, dtype=torch.bool)
    for _ in range(most):
        logits, _, state = model.step(y, state, memory)
        y = logits.argmax(-1).masked_fill(over, END)
        found.append(y)
        over = over | (y == END)
        if bool(over.all()):
            break
    return torch.stack(found, 2)


@torch.inference_mode()
def decode(model: EncoderDecoder, ids: Tensor, most: int, width: int = 1) -> Decoded:
    """Beam search for one source `(n,)` with a stack of one: keep the `width` likeliest beginnings at every step.

    A beam may lose the beginning of the greedy output and end with a less likely one; then the greedy output is given.
    """
    memory = model.encode(ids[None, None])
    beam, states = [Hypothesis((), 0.0)], [memory.state]
    kept: list[list[Hypothesis]] = []
    while len(kept) < most and not all(_ended(one) for one in beam):
        grown: list[tuple[Hypothesis, State]] = []
        for one, state in zip(beam, states, strict=True):
            if _ended(one):
                grown.append((one, state))
                continue
            y = ids.new_tensor([[one.tokens[-1] if one.tokens else END]])
            logits, _, after = model.step(y, state, memory)
            best = logits[0, 0].log_softmax(-1).topk(min(width, logits.shape[-1]))
            grown += [
                (Hypothesis((*one.tokens, int(t)), one.log_p + float(v)), after) for v, t in zip(*best, strict=True)
            ]  # fmt: skip
        grown.sort(key=lambda pair: -pair[0].log_p)
        beam, states = [one for one, _ in grown[:width]], [state for _, state in grown[:width]]
        kept.append(beam)
    if width > 1 and (plain := decode(model, ids, most)).log_p > beam[0].log_p:
        return plain._replace(kept=[*kept, *plain.kept[len(kept) :]])
    logits, a = model(ids[None, None], ids.new_tensor([[beam[0].tokens]]))
    return Decoded(beam[0].tokens, beam[0].log_p, logits[0, 0].softmax(-1), a[0, 0], kept)


def _ended(one: Hypothesis) -> bool:
    return bool(one.tokens) and one.tokens[-1] == END
