"""Molecules drawn as molecules, each with what a model says of it, and a halo on every atom: what it does to the answer."""

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.figures.network import companions, doubled
from components.figures.sample import HIDDEN
from components.figures.scale import NAMED, TICK, Scale, axis, fade, frame
from components.values import Sample

Array = np.ndarray
WIDE = 1.0  # of a card, in the units of the picture


class Card(NamedTuple):
    """One molecule on a card."""

    sample: Sample
    said: str  # what the model says
    truth: str
    right: bool | None  # whether the answer counts as right; None where the truth is not known
    share: Array | None = None  # (atoms,) what each atom does to the answer


def molecule_cards(
    cards: Sequence[Card], columns: int = 4, most: float | None = None, *, scale: Scale = NAMED, height: int = 400
) -> go.Figure:
    """The cards in rows; a wrong answer has a thick frame and a cross.

    Args:
        cards: what to draw.
        columns: in a row.
        most: the share whose halo has full colour; by default the largest on these cards.
        scale: colours.
        height: pixels.
    """
    rows = -(-len(cards) // columns)
    largest = most or max([float(np.abs(c.share).max()) for c in cards if c.share is not None and len(c.share)], default=1.0)
    parts: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    for i, card in enumerate(cards):
        left, top = WIDE * (i % columns), -(i // columns) * 1.0
        parts.append(_molecule(card, left, top, max(largest, 1e-9), scale))
        mark = "" if card.right is None else "✓ " if card.right else "✗ "
        notes.append(
            {"x": left + 0.5, "y": top - 0.03, "yanchor": "top", "showarrow": False,
             "text": f"<b>{mark}{escape(card.said)}</b><br>{escape(card.truth)}", "font": {"size": TICK + 1, "color": scale.ink}}
        )  # fmt: skip
        wrong = card.right is False
        line = {"width": 2.5 if wrong else 1, "color": scale.ink if wrong else scale.grid}
        shapes.append({"type": "rect", "x0": left + 0.015, "x1": left + 0.985, "y0": top - 0.985, "y1": top - 0.01, "line": line})
    layout = frame(
        scale, height=height, margin={"l": 2, "r": 2, "t": 2, "b": 2}, annotations=notes, shapes=shapes, hovermode="closest",
        xaxis=HIDDEN | {"range": [0, columns * WIDE]}, yaxis=HIDDEN | {"range": [-rows, 0]},
    )  # fmt: skip
    return go.Figure({"data": _together(parts), "layout": layout})


def _together(parts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Halos, bonds, broken lines of aromatic bonds and letters of all cards, one trace each: a browser draws four quickly."""
    found = []
    for kind in ("halo", "solid", "broken", "letters"):
        own = [part[kind] for part in parts if kind in part]
        if own:
            joined = {key: [v for one in own for v in one[key]] for key in ("x", "y", "hovertext", "text") if key in own[0]}
            look = own[0] | joined
            if kind == "halo":
                marker = {key: [v for one in own for v in one["marker"][key]] for key in ("size", "color")}
                look["marker"] = own[0]["marker"] | marker
            found.append(look)
    return found


def _molecule(card: Card, left: float, top: float, largest: float, scale: Scale) -> dict[str, dict[str, Any]]:
    """Halos, bonds and letters of one molecule; a letter C stands only where nothing is bonded."""
    raw, places = card.sample["raw"], card.sample["raw"]["positions"].astype(float)
    low, high = places.min(0), places.max(0)
    size = 0.64 / max(float((high - low).max()), 4.0)
    middle = np.array([left + 0.5, top - 0.59])
    centred = places - (low + high) / 2
    common: dict[str, Any] = {"type": "scatter", "hoverinfo": "skip", "showlegend": False}
    at = middle + centred * size
    found = {}
    if card.share is not None and len(card.share) == len(at):
        found["halo"] = _halo(at, card, largest, scale)
    edges, orders = card.sample["edges"], raw["orders"]
    kinds = (("solid", doubled(centred, edges, orders), "solid"), ("broken", companions(centred, edges, orders), "2px,2px"))
    for kind, (x, y), dash in kinds:
        if len(x):
            line = {"width": 1.6, "color": fade(scale.ink, 0.85), "dash": dash}
            xy = {"x": (middle[0] + x * size).tolist(), "y": (middle[1] + y * size).tolist()}
            found[kind] = common | {"mode": "lines", "line": line} | xy
    written = np.flatnonzero(np.asarray(raw["letters"]) != "C")
    if not len(edges.T):
        written = np.arange(len(at))
    found["letters"] = common | {
        "mode": "text", "x": at[written, 0].tolist(), "y": at[written, 1].tolist(),
        "text": [f"<b>{a}</b>" for a in raw["letters"][written]], "textfont": {"size": TICK, "color": scale.ink},
    }  # fmt: skip
    return found


def _halo(at: Array, card: Card, largest: float, scale: Scale) -> dict[str, Any]:
    """A disc behind every atom: its colour says which way, its size and strength say how much the atom moves the answer."""
    assert card.share is not None
    part = np.clip(card.share / largest, -1, 1)
    colour = [fade(scale.diverging[2] if s > 0 else scale.diverging[0], 0.15 + 0.75 * abs(float(s))) for s in part]
    words = [f"{a}: {s:+.2f}" for a, s in zip(card.sample["raw"]["letters"], card.share, strict=True)]
    return {
        "type": "scatter", "mode": "markers", "x": at[:, 0].tolist(), "y": at[:, 1].tolist(), "hovertext": words,
        "showlegend": False, "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"size": (6 + 15 * np.sqrt(np.abs(part))).tolist(), "color": colour, "opacity": 1, "line": {"width": 0}},
    }  # fmt: skip


def told_and_true(
    truth: Array, answer: Array, shown: Sequence[int], quantity: str, *, scale: Scale = NAMED, height: int = 250
) -> go.Figure:
    """What the model says against what is true, one dot a molecule `(n,)`; those on the cards ringed."""
    low, high = float(min(truth.min(), answer.min())), float(max(truth.max(), answer.max()))
    at = np.asarray(shown, int)
    ring = {"size": 12, "symbol": "circle-open", "color": scale.series[1], "line": {"width": 2.5, "color": scale.series[1]}}
    data: list[dict[str, Any]] = [
        {"type": "scatter", "mode": "lines", "x": [low, high], "y": [low, high], "hoverinfo": "skip", "showlegend": False,
         "line": {"color": scale.muted, "width": 1, "dash": "dot"}},
        {"type": "scatter", "mode": "markers", "x": truth, "y": answer, "showlegend": False,
         "customdata": [f"m{i}" for i in range(len(truth))], "hovertemplate": "true %{x:.2f}<br>said %{y:.2f}<extra></extra>",
         "marker": {"size": 6, "color": fade(scale.series[0], 0.5), "line": {"width": 0}}},
        {"type": "scatter", "mode": "markers", "x": truth[at], "y": answer[at], "marker": ring, "hoverinfo": "skip",
         "showlegend": False},
    ]  # fmt: skip
    layout = frame(
        scale, height=height, margin={"l": 4, "r": 6, "t": 6, "b": 4}, hovermode="closest",
        xaxis=axis(scale, f"true {quantity}", range=[low - 0.5, high + 0.5]),
        yaxis=axis(scale, "said", range=[low - 0.5, high + 0.5]),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def chances(
    truth: Array, p: Array, classes: Sequence[str], shown: Sequence[int], *, scale: Scale = NAMED, height: int = 250
) -> go.Figure:
    """The probability of the second class for every molecule `(n,)`, in a row for each true class; those on cards ringed."""
    side = np.random.default_rng(0).uniform(-0.25, 0.25, len(p)) + truth
    at = np.asarray(shown, int)
    wrong = (p > 0.5) != (truth == 1)
    look = {
        "size": 9, "color": [scale.series[k] for k in truth.astype(int)], "symbol": np.where(wrong, "x", "circle").tolist(),
        "opacity": 1, "line": {"width": 1, "color": scale.paper},
    }  # fmt: skip
    ring = {"size": 15, "symbol": "circle-open", "color": scale.ink, "line": {"width": 1.5, "color": scale.ink}}
    data: list[dict[str, Any]] = [
        {"type": "scatter", "mode": "markers", "x": p, "y": side, "marker": look, "showlegend": False,
         "customdata": [f"m{i}" for i in range(len(p))], "hovertemplate": f"says {classes[1]}: %{{x:.0%}}<extra></extra>"},
        {"type": "scatter", "mode": "markers", "x": p[at], "y": side[at], "marker": ring, "hoverinfo": "skip",
         "showlegend": False},
    ]  # fmt: skip
    half = {
        "type": "line",
        "x0": 0.5,
        "x1": 0.5,
        "y0": -0.5,
        "y1": 1.5,
        "line": {"color": scale.muted, "dash": "dot", "width": 1},
    }
    layout = frame(
        scale, height=height, margin={"l": 4, "r": 6, "t": 6, "b": 4}, hovermode="closest", shapes=[half],
        xaxis=axis(scale, f"chance of “{classes[1]}” by the model", range=[-0.03, 1.03], tickformat=".0%", dtick=0.5),
        yaxis=axis(scale, "truth", range=[-0.5, 1.5], tickvals=[0, 1], ticktext=list(classes)),
    )  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
