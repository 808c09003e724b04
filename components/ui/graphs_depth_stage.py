"""The stage of "Too deep": the nodes after so many layers, the curves against depth, and four readouts."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.figures.depth_curves import depth_curves
from components.figures.depth_nodes import Panel, depth_nodes
from components.figures.scale import SCALES
from components.learn.deep_nodes import DEPTHS, LOOKS, about, recorded
from components.measure.smoothing import KEPT, distance, energy, heard, limit, mixed, mixing, rate, with_self
from components.tasks.nodes import read_network
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.digest import digest
from components.ui.graphs_blind_stage import power
from components.ui.house import theme
from components.values import Frame

HIGH = 400


class Asked(NamedTuple):
    """What the controls say."""

    network: str
    seen: str  # "mix" or "trained"
    depth: int
    skip: bool

    @property
    def way(self) -> str:
        """The curve that is meant."""
        return "skip" if self.skip else "plain"

    @property
    def at(self) -> int:
        """The place of the depth among all depths."""
        return DEPTHS.index(self.depth)


class Mixed(NamedTuple):
    """What mixing alone does to a network, after 0, 1, ... rounds."""

    places: np.ndarray  # (rounds + 1, n, 2): S^L H, where H holds the places of the drawing, times sqrt(d + 1)
    root: np.ndarray  # (n,) sqrt(d + 1)
    mad: np.ndarray  # (rounds + 1,) of vectors that began as H = I
    energy: np.ndarray  # (rounds + 1,) the same, 1 at the start
    apart: np.ndarray  # (rounds + 1,) from the limit, by the length at the start
    rate: float
    heard: np.ndarray  # (rounds + 1,)
    ray: np.ndarray  # (2,) the direction on which the places end


@lru_cache(maxsize=8)
def computed(network: str, skip: bool) -> Mixed:
    """All rounds of mixing on a bundled network."""
    found = read_network(network)
    n, edges = len(found["labels"]), found["edges"]
    places = found["positions"].astype(float)
    places = (places - places.min(0)) / np.maximum(np.ptp(places, axis=0), 1e-12)
    root = np.sqrt(with_self(edges, n).sum(1))
    places *= root[:, None]
    s, end, most, kept = mixing(edges, n), limit(edges, n), DEPTHS[-1], KEPT if skip else 0.0
    every = list(mixed(s, np.eye(n), most, kept))
    first = energy(every[0], s)
    return Mixed(
        np.stack([h @ places for h in every]), root,  # mixing is linear: mixed names place the nodes as mixed places do
        np.array([distance(h) for h in every]),
        np.array([energy(h, s) for h in every]) / first,
        np.array([np.linalg.norm(h - end) for h in every]) / np.linalg.norm(every[0]),
        rate(edges, n), heard(edges, n, most), (end @ places)[0],
    )  # fmt: skip


def trained_ways(asked: Asked, frames: list[Frame]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Accuracy and MAD of both ways `(k, seeds)`; the chosen one live, where it is."""
    found = {}
    for way, skip in (("plain", False), ("skip", True)):
        frame = frames[-1] if frames and skip == asked.skip else recorded(asked.network, skip)
        found[way] = frame["accuracy"], frame["mad"]
    return found


def stage(asked: Asked, frames: list[Frame]) -> None:
    """The nodes and the curves."""
    found = trained_ways(asked, frames)
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        chart(mixed_picture(asked, theme().name) if asked.seen == "mix" else trained_picture(asked, frames), "deep-nodes")
    with right:
        shown = remembered(
            (asked.network, asked.skip, asked.depth, digest(*(a for pair in found.values() for a in pair)), theme().name),
            lambda: curves(asked, found), "deep-curves", height=HIGH, alt="Differences of nodes and accuracy against depth",
        )  # fmt: skip
        chart(shown, "deep-curves")
    readouts(asked, found)
    facts = about()
    skipped = "with" if asked.skip else "without"
    if frames and int(frames[-1]["step"]) % LOOKS:
        skipped = f"({int(frames[-1]['depths'][-1])} layers still learn) {skipped}"
    st.caption(
        (f"Trained here {skipped} skip connections, the other curve recorded" if frames else "Recorded")
        + f" {facts['date']} on {facts['machine']}: 5 networks a depth, trained on half of the nodes; bars are standard errors. "
        "Only mixed, computed here: every node moves to the average of its neighbours and itself."
    )


def curves(asked: Asked, found: dict[str, tuple[np.ndarray, np.ndarray]]):  # type: ignore[no-untyped-def]
    """The curves for both ways."""
    own = computed(asked.network, asked.skip)
    labels, places = read_network(asked.network)["labels"], list(DEPTHS)
    guess = np.bincount(labels).max() / len(labels)
    return depth_curves(
        DEPTHS, found, asked.way, own.mad[places], own.heard[places], asked.at, float(guess), scale=theme(), height=HIGH
    )


def said(network: str) -> tuple[np.ndarray, list[str], list[str]]:
    """Kinds of the nodes, the names of the kinds, and what is said of every node."""
    found = read_network(network)
    degree = np.bincount(found["edges"].ravel(), minlength=len(found["labels"]))
    kinds = [str(k) for k in found["label_names"]]
    words = [f"{name}, {kinds[k]}, {d} links" for name, k, d in zip(found["names"], found["labels"], degree, strict=True)]
    return found["labels"], kinds, words


@lru_cache(maxsize=96)
def mixed_picture(asked: Asked, colours: str) -> Picture:
    """The network drawn where mixing takes its nodes: at the scale of the start, and enlarged."""
    own = computed(asked.network, asked.skip)
    h, edges = own.places[asked.depth], read_network(asked.network)["edges"]
    word = "time" if asked.depth == 1 else "times"
    panels = (
        Panel(f"averaged {asked.depth} {word}", h / own.root[:, None], np.zeros(2), np.ones(2), edges),
        Panel("same × √(links + 1)", h, np.zeros(2), h.max(0), None, None if asked.skip else own.ray),
    )
    figure = depth_nodes(panels, *said(asked.network), scale=SCALES[colours], height=HIGH)
    return picture(figure, f"deep-mix-{asked.network}", height=HIGH, alt=f"Nodes after {asked.depth} rounds of mixing")


def trained_picture(asked: Asked, frames: list[Frame]) -> Picture:
    """The last layer's vectors of one trained network, in the plane in which they differ most."""
    frame = frames[-1] if frames and len(frames[-1]["places"]) > asked.at else recorded(asked.network, asked.skip)
    places, labels = frame["places"][asked.at].astype(float), said(asked.network)
    held = float(frame["held"][asked.at])
    title = f"{asked.depth} trained layers, two main directions ({held:.0%} of the differences)"
    panel = Panel(title, places, places.min(0), np.maximum(places.max(0), places.min(0) + 1e-6))
    return remembered(
        (asked, digest(places), theme().name),
        lambda: depth_nodes([panel], *labels, scale=theme(), height=HIGH),
        "deep-trained", height=HIGH, alt=f"Vectors of the nodes after {asked.depth} trained layers",
    )  # fmt: skip


def readouts(asked: Asked, found: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """How different nodes still are, the energy, how far they hear, and the accuracy."""
    own, at = computed(asked.network, asked.skip), asked.at
    accuracy, mad = found[asked.way]
    row = st.container(horizontal=True, gap="medium")
    if asked.seen == "mix" or at >= len(mad):
        text, whose = f"{own.mad[asked.depth]:.3f}", "only mixed"
    else:
        text, whose = spread(mad[at]), "trained"
    row.metric(f"Nodes differ by ({whose})", text, help=(
        "Mean over all pairs of 1 − cos(h_i, h_j): 1 at the start, 0 where all vectors point the same way (Chen et al. 2020)."
    ))  # fmt: skip
    allowed = "" if asked.skip else f"; at most λ^(2L) = {own.rate:.3f}^{2 * asked.depth} = {own.rate ** (2 * asked.depth):.2g}"
    row.metric("Energy left (only mixed)", power(float(own.energy[asked.depth])), help=(
        f"E(H) / E(H⁰), differences along the edges{allowed}."))  # fmt: skip
    row.metric("Nodes heard", f"{own.heard[asked.depth]:.0%}",
               help=f"Share of all nodes within {asked.depth} steps, the mean over nodes.")  # fmt: skip
    row.metric("Test accuracy (trained)", spread(accuracy[at]) if at < len(accuracy) else "not yet",
               help="Share of the nodes not trained on whose kind is found: mean of the seeds ± standard error.")  # fmt: skip


def spread(values: np.ndarray) -> str:
    """Mean and standard error."""
    return f"{values.mean():.2f} ± {values.std(ddof=1) / len(values) ** 0.5:.2f}"


def formula(asked: Asked) -> None:
    """One layer, and where many end."""
    blue, green = theme().series[0], theme().series[2]
    skip = rf"\textcolor{{{green}}}{{+\,H^{{(l)}}}}" if asked.skip else ""
    only = rf"{1 - KEPT:g}\,S H^{{(l)}}\textcolor{{{green}}}{{+{KEPT:g}\,H^{{(0)}}}}" if asked.skip else r"S H^{(l)}"
    end = r"\text{the start is never lost}" if asked.skip else r"S^L\to uu^\top,\;u_i\propto\sqrt{d_i+1}"
    st.latex(
        rf"\text{{mixed: }}H^{{(l+1)}}={only}\qquad \text{{trained: }}H^{{(l+1)}}="
        rf"\textcolor{{{blue}}}{{\mathrm{{relu}}(S H^{{(l)}}W_l+b_l)}}{skip}"
        rf"\qquad {end}"
    )
    n = len(read_network(asked.network)["labels"])
    st.caption(f"S = D^(−1/2) (A + I) D^(−1/2), {n} × {n}; H⁰ = I: a node knows its own name only; H of the layers {n} × 16.")
