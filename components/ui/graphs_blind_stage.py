"""The stage of "What it cannot tell": a player of rounds, both graphs coloured, and what networks of as many layers give."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.scale import SCALES
from components.figures.twin_gaps import ROUNDING, twin_gaps
from components.figures.twin_graphs import letter, twin_graphs
from components.learn.telling import TOLD as ENOUGH
from components.learn.telling import Plain, gaps
from components.ui import player
from components.ui.chart import Picture, chart, picture
from components.ui.graphs_blind_said import COSTS, LAYER_NAMES, TOLD, Coloured, Pair, coloured, heard, same
from components.ui.house import theme

HIGH, KEY, MOST_LAYERS = 400, "twinround", 6


def stage(pair: Pair, repair: str) -> None:
    """The player and the pictures of the round it stands at."""
    found = coloured(pair, repair)
    count, first = len(found.rounds), min(3, len(found.rounds) - 1)

    @st.fragment(run_every=0.4 if player.playing(KEY) else None)
    def region() -> None:
        player.position(KEY, count, first)
        player.tick(KEY, count)
        at = int(st.session_state[KEY])
        player.keep(KEY, at, first)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            player.buttons(KEY, at, count)
            st.markdown(f"round **{at}** of {count - 1}: {verdict(found, at)}")
        left, right = st.columns([0.6, 0.4], gap="medium")
        with left:
            chart(graphs_picture(pair, repair, at, theme().name), "twins-graphs")
        with right:
            chart(gaps_picture(pair, repair, at, theme().name), "twins-gaps")
        readouts(pair, repair, found, at)
        st.caption(rules(pair, repair, found, at))

    region()


def verdict(found: Coloured, at: int) -> str:
    """What the colours say so far."""
    if found.told is not None and at >= found.told:
        return f":material/call_split: **the colours differ**, from round {found.told} on."
    if at >= found.stable:
        return ":material/drag_handle: **the same colours**, and they stay so."
    return ":material/drag_handle: **the same colours** so far."


@lru_cache(maxsize=256)
def graphs_picture(pair: Pair, repair: str, at: int, colours: str) -> Picture:
    """Both graphs after so many rounds."""
    found = coloured(pair, repair).rounds
    words = []
    for i, one in enumerate(pair.sides):
        now, before = found[at][i], found[max(0, at - 1)][i]
        near = heard(one)
        said = [f"node {v + 1}: <b>{letter(now[v])}</b>" for v in range(len(now))]
        if at and repair not in ("one", "two"):
            said = [f"{s}<br>was {letter(before[v])}, heard {spoken(before[near[v]])}" for v, s in enumerate(said)]
        words.append(said)
    figure = twin_graphs(
        [s.name for s in pair.sides], [np.array(s.places) for s in pair.sides], [s.pairs() for s in pair.sides], found[at], words,
        scale=SCALES[colours], height=HIGH,
    )  # fmt: skip
    figure.layout.uirevision = f"twins-{pair.name}-{repair}"
    return picture(figure, "twins-graphs", height=HIGH, alt=f"{pair.sides[0].name} and {pair.sides[1].name} after {at} rounds")


def spoken(colours: np.ndarray) -> str:
    """Colours heard, in alphabetical order."""
    return " ".join(letter(c) for c in sorted(colours.tolist())) or "nobody"


@lru_cache(maxsize=256)
def measured(pair: Pair, repair: str, layers: int, seeds: int = 8) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The outputs of networks with random weights: between both graphs, and between one graph and itself renumbered."""
    from components.learn.device import settle

    settle()
    first, second = (Plain(s.pairs(), np.array(s.colours)) for s in pair.sides)
    return gaps(first, second, repair, layers, 3 if repair in ("one", "two") else seeds)


@lru_cache(maxsize=256)
def gaps_picture(pair: Pair, repair: str, at: int, colours: str) -> Picture:
    """The measured differences for networks with as many layers as rounds."""
    figure = twin_gaps(measured(pair, repair, min(at, MOST_LAYERS)), LAYER_NAMES, scale=SCALES[colours], height=HIGH)
    return picture(figure, "twins-gaps", height=HIGH, alt="How far apart the outputs of six kinds of layers are")


def telling(pair: Pair, repair: str, layers: int) -> list[str]:
    """The kinds of layers whose outputs differ, in the middle of all seeds."""
    return [k for k, (apart, _) in measured(pair, repair, layers).items() if np.median(apart) > ENOUGH]


def power(value: float) -> str:
    """A difference as it is read: `0.21`, `3 · 10⁻⁴`, or `0 (rounding)`."""
    if value < ROUNDING:
        return "0 (rounding)"
    if value > 0.01:
        return f"{value:.2f}"
    first, size = f"{value:.0e}".split("e")
    return f"{first} · 10{str(int(size)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def readouts(pair: Pair, repair: str, found: Coloured, at: int) -> None:
    """What the colours say, what is true, which layers can tell, and what the repair costs."""
    layers = min(at, MOST_LAYERS)
    kinds, whole = telling(pair, repair, layers), same(pair)
    row = st.container(horizontal=True, gap="medium")
    row.metric("Colour refinement", "never differs" if found.told is None else f"differs from round {found.told}", help=(
               f"No class of nodes splits any more after {found.stable} rounds: from then on nothing can change."))  # fmt: skip
    row.metric("Really the same graph?", {True: "yes", False: "no", None: "not known"}[whole],
               help="No: no renumbering of the nodes turns one into the other. Searched, not guessed.")  # fmt: skip
    row.metric("Layers that tell them apart", f"{len(kinds)} of {len(LAYER_NAMES)}", help=(
        f"{layers} layers of 16 numbers with random weights, the sum over all nodes. Counted where the middle difference of "
        f"all seeds is above 10⁻¹³; here: {', '.join(LAYER_NAMES[k] for k in kinds) or 'none'}."))  # fmt: skip
    worst = max(float(np.median(b)) for _, b in measured(pair, repair, layers).values())
    row.metric("Cost: one graph, reordered", power(worst), help=(
        "Largest relative difference between the outputs for one graph and for the same graph with its nodes in another order "
        f"(middle of the seeds). {COSTS[repair]}"))  # fmt: skip


def rules(pair: Pair, repair: str, found: Coloured, at: int) -> str:
    """How each colour of this round came about."""
    if repair in ("one", "two"):
        many = "one node" if repair == "one" else "two nodes"
        return f"A node's colour stands for all that is heard when it is marked ({many} in turn), after {at} rounds. {pair.why}"
    now = np.concatenate(found.rounds[at])
    if not at:
        return f"At the start a colour is what a node is told ({TOLD[repair]}). {pair.why}"
    before = found.rounds[at - 1]
    lines: dict[int, str] = {}
    for i, one in enumerate(pair.sides):
        near = heard(one)
        for v, c in enumerate(found.rounds[at][i].tolist()):
            lines.setdefault(c, f"**{letter(c)}** was {letter(before[i][v])} and heard {spoken(before[i][near[v]])}")
    told = "; ".join(lines[c] for c in sorted(lines)) if len(lines) <= 6 else f"{len(np.unique(now))} colours; point at a node"
    return f"Round {at}: {told}. {pair.why}"


def formula() -> None:
    """One round, and what a network of as many layers can do."""
    blue, orange = theme().series[:2]
    st.latex(
        rf"c_i^{{(k+1)}}=\mathrm{{name}}\big(c_i^{{(k)}},\{{\!\{{c_j^{{(k)}}:j\in N(i)\}}\!\}}\big)\qquad "
        rf"z(A)=\sum_i h_i^{{(k)}}\in\mathbb{{R}}^{{16}}\qquad "
        rf"\textcolor{{{blue}}}{{\frac{{\max|z(A)-z(B)|}}{{\max|z|}}}}\qquad "
        rf"\textcolor{{{orange}}}{{\frac{{\max|z(A)-z(PA)|}}{{\max|z|}}}}"
    )
    st.caption(
        "k layers of messages tell no two graphs apart that k rounds of colours do not (Xu et al. 2019; Morris et al. 2019). "
        "Only the convolution is a round ahead: its weights know the degrees of the neighbours. Computed here, random weights."
    )
