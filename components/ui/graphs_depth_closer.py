"""Below the stage of "Too deep": the bound of theory, a guess, what the nodes trained on say, a question, the code."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.depth_curves import depth_bound
from components.figures.scale import SCALES
from components.learn.deep_nodes import DEPTHS, Depth, first_gradient, recorded
from components.learn.device import settle
from components.measure.smoothing import energy, mixed, with_self
from components.models.node_classifier import NodeClassifier
from components.tasks.nodes import read_network
from components.ui.chart import Picture, chart, picture
from components.ui.code import bundle, gather, show_code
from components.ui.graphs_blind_stage import power
from components.ui.graphs_depth_stage import Asked, computed, spread
from components.ui.house import theme
from components.ui.links import choice

LOOKS = {
    "bound": "As fast as theory says",
    "predict": "Predict",
    "why": "Why deep ones fail",
    "check": "Check yourself",
    "code": "Code",
}
FIRST = 12  # rounds for which the bound is drawn


def closer(asked: Asked) -> None:
    """One of several things to look at."""
    look = choice("Look closer", LOOKS, "bound", "deeplook")
    {"bound": bound, "predict": predict, "why": why, "check": check, "code": code}[look](asked)


@lru_cache(maxsize=16)
def bound_picture(network: str, colours: str) -> Picture:
    """Distance to the limit and energy, measured, and what the second eigenvalue allows."""
    own, rounds = computed(network, False), np.arange(DEPTHS[-1] + 1)
    measured = {"distance to the limit": own.apart, "energy": own.energy}
    allowed = {"distance to the limit": own.apart[0] * own.rate**rounds, "energy": own.rate ** (2 * rounds)}
    figure = depth_bound(rounds, measured, allowed, scale=SCALES[colours])
    return picture(figure, "deep-bound", height=330, alt="What is left after so many rounds, measured and at most")


def bound(asked: Asked) -> None:
    """Mixing against its bound."""
    own = computed(asked.network, False)
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        chart(bound_picture(asked.network, theme().name), "deep-bound")
    with right:
        st.latex(r"|S^L-uu^\top|\le\lambda^L\,|I-uu^\top|")
        st.latex(r"E(S^L)\le\lambda^{2L}E(I)")
        st.markdown(
            f"λ = **{own.rate:.3f}** is the largest eigenvalue of S, without sign, below 1: every difference between nodes "
            "shrinks at least that fast. Measured stays under the dashed lines, and in the end runs "
            "parallel to them: only the slowest difference is left, and it shrinks too."
        )
        st.caption("Mixing only, without skip connections; computed here.")


def predict(asked: Asked) -> None:
    """A guess about what is left in the end."""
    guess = st.segmented_control(
        "**Predict first.** Averages are mixed 32 times. What can still be read from a node's vector?",
        ["its kind", "its neighbours", "its number of links", "nothing"], key="deep-guess",
    )  # fmt: skip
    if guess:
        own, found = computed(asked.network, False), read_network(asked.network)
        last = own.places[DEPTHS[-1]]
        size, root = np.linalg.norm(last, axis=1), np.sqrt(with_self(found["edges"], len(last)).sum(1))
        st.markdown(
            f"You said **{guess}**. Measured after 32 rounds: all vectors point nearly the same way (they differ by "
            f"{own.mad[DEPTHS[-1]]:.4f}), and their length follows the root of a node's number of links + 1 (correlation "
            f"**{np.corrcoef(size, root)[0, 1]:.3f}**). So **its number of links** is left, and nothing else. Draw *Only "
            "mixed* at 32 layers: the dotted line."
        )


def why(asked: Asked) -> None:
    """Deep networks do not even fit the nodes they were trained on: two causes, told apart."""
    rows = []
    for name, way in (("without skip connections", False), ("with skip connections", True)):
        found = recorded(asked.network, way)
        rows.append(
            {"trained": name}
            | {f"{d} layers": spread(found["fitted"][i]) for i, d in enumerate(DEPTHS) if d in (1, 2, 4, 8, 16, 32)}
        )
    st.markdown("**Right on the nodes it was trained on** (recorded, mean of 5 seeds ± standard error)")
    st.dataframe(rows, width="stretch", hide_index=True)
    st.markdown(
        "Where this is low, the network has not learnt too much: it cannot learn at all. The nodes' vectors grow alike, and the "
        "gradient fades on its way through many layers, as in any deep network, **edges or not**:"
    )
    table = [{"length of the first layer's gradient, before training": name} | {f"{d} layers": power(g) for d, g in found}
             for name, found in faded(asked.network)]  # fmt: skip
    st.dataframe(table, width="stretch", hide_index=True)
    st.caption("One seed, computed here.")
    plain, skip = (float(recorded(asked.network, w)["mad"][DEPTHS.index(16)].mean()) for w in (False, True))
    short, kept = (dict(found)[16] for _, found in faded(asked.network)[:2])
    times = power(short / kept)
    st.markdown(
        f"So what does a skip connection repair? At 16 layers the trained vectors differ by {plain:.2f} without and {skip:.2f} "
        f"with it; the gradient without is {times} of that with it. **First of all the gradient**: the network can learn again."
    )


@lru_cache(maxsize=4)
def faded(network: str) -> list[tuple[str, list[tuple[int, float]]]]:
    """How long the gradient of the first layer is, for every depth, of three networks."""
    settle()
    ways = (("without skip connections", False, True), ("with skip connections", True, True), ("without edges", False, False))
    return [(name, [(d, first_gradient(Depth(network, skip, seeds=1), d, edges)) for d in (1, 2, 4, 8, 16)])
            for name, skip, edges in ways]  # fmt: skip


def check(asked: Asked) -> None:
    """A question whose answer is found by moving the layers."""
    guess = st.segmented_control(
        "**Check yourself.** Choose *300 airports*, without skip connections, and move the layers. From which depth on does a "
        "node hear nearly all others (over 90 %)?", ["2", "4", "8", "16"], key="deep-check",
    )  # fmt: skip
    if guess:
        own, plain = computed("airports", False), recorded("airports", False)["accuracy"].mean(1)
        first = next(d for d in DEPTHS if own.heard[d] > 0.9)
        four, sixteen = (float(plain[DEPTHS.index(d)]) for d in (4, 16))
        right = "Right" if int(guess) >= first > int(guess) / 2 else "Look again"
        st.markdown(
            f"{right}: from {first} layers on ({own.heard[first]:.0%}). Depth beyond brings no news, only more mixing: "
            f"accuracy is {four:.2f} at 4 layers and {sixteen:.2f} at 16."
        )


MAIN = """
network, skip = {network!r}, {skip}
edges, labels = (read_network(network)[key] for key in ("edges", "labels"))
n = len(labels)
s, end, lam = mixing(edges, n), limit(edges, n), rate(edges, n)
for rounds, h in enumerate(mixed(s, np.eye(n), 32, {kept})):
    if rounds in (0, 1, 2, 4, 8, 16, 32):
        print(f"{{rounds:2}} rounds: nodes differ by {{distance(h):.4f}}, energy {{energy(h, s):.2e}}, "
              f"to the limit {{np.linalg.norm(h - end):.2e}}, at most {{lam ** rounds * np.linalg.norm(np.eye(n) - end):.2e}}")
for frame in depth_run(Depth(network, skip, depths=(1, 2, 8), seeds=2, steps=60)):
    if frame["step"] % LOOKS == 0:  # this depth is trained to the end
        right, apart = frame["accuracy"][-1].round(2), frame["mad"][-1].round(3)
        print(frame["depths"][-1], "layers: accuracy", right, "nodes differ by", apart)
"""


@lru_cache(maxsize=8)
def source(network: str, skip: bool) -> str:
    """The whole file: mixing against its limit, then networks of several depths."""
    main = MAIN.format(network=network, skip=skip, kept=0.1 if skip else 0.0)
    about = (
        "Over-smoothing: averages on a real network, layer after layer, without and with weights.\n\n"
        "Needs numpy, scipy and torch; networks.npz of the project's pretrained/data lies beside this file."
    )
    return bundle(gather(["learn.deep_nodes"]), main, about)


def code(asked: Asked) -> None:
    """The heart of it, and the file."""
    show_code(source(asked.network, asked.skip), "too_deep.py", focus=[mixed, energy, NodeClassifier.states])
