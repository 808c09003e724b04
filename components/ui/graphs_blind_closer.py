"""Below the stage of "What it cannot tell": a guess, a training for nothing else, what repairs what, a question, the code."""

from functools import lru_cache, partial

import numpy as np
import pandas as pd
import streamlit as st

from components.figures.twin_lesson import twin_lesson
from components.learn.telling import Plain, lesson, lesson_run
from components.measure.refinement import refined
from components.measure.repairs import INVARIANT, REPAIRS
from components.tasks.twins import MAKERS, twins
from components.ui.chart import chart
from components.ui.code import archive, gather, show_code
from components.ui.graphs_blind_said import LAYER_NAMES, TOLD, Pair, coloured, pair_of
from components.ui.graphs_blind_stage import measured, power, telling
from components.ui.house import theme
from components.ui.links import choice
from components.ui.live import live
from components.values import Frame

LOOKS = {
    "predict": "Predict",
    "train": "Train for nothing else",
    "table": "What repairs what",
    "check": "Check yourself",
    "code": "Code",
}
DEPTH = 4  # layers behind the table and the answers


def closer(pair: Pair, repair: str) -> None:
    """One of several things to look at."""
    look = choice("Look closer", LOOKS, "predict", "twinslook")
    if look in ("predict", "table", "check"):
        {"predict": predict, "table": table, "check": check}[look]()
    else:
        {"train": train, "code": code}[look](pair, repair)


def predict() -> None:
    """A guess about training, beside what was measured."""
    guess = st.segmented_control(
        "**Predict first.** Six networks are trained for nothing else: *decalin, or bicyclopentyl?* They see both as often as "
        "they like. How many of their answers are right in the end?", ["half", "three in four", "all"], key="twins-guess",
    )  # fmt: skip
    if guess:
        pair = pair_of("decalin")
        worst = max(float(np.median(a)) for a, _ in measured(pair, "nothing", DEPTH).values())
        st.markdown(
            f"You said **{guess}**. Measured: whatever the weights are, both molecules give the same output (largest difference "
            f"of six kinds of layers: **{power(worst)}**). One output, two answers wanted: **half** are right, and the loss "
            "stays at ln 2. See *Train for nothing else*."
        )


def train(pair: Pair, repair: str) -> None:
    """Training in front of the learner: where the colours are the same, nothing is learnt."""
    first, second = (Plain(s.pairs(), np.array(s.colours)) for s in pair.sides)
    request = lesson(first, second, repair)

    def draw(frames: list[Frame]) -> None:
        if not frames:
            st.caption(
                f"Task: *{pair.sides[0].name}, or {pair.sides[1].name}?* Six networks of {request.layers} layers, "
                f"{request.seeds} seeds each, {request.steps} steps. Nodes are told {TOLD[repair]}."
            )
            return
        steps, loss = [int(f["step"]) for f in frames], np.stack([f["loss"] for f in frames])
        chart(twin_lesson(steps, loss, LAYER_NAMES, request.steps, scale=theme()), "twins-lesson", height=330,
              alt="Loss of six kinds of layers while they learn to tell two graphs apart")  # fmt: skip
        right = frames[-1]["right"].mean(1)
        told = ", ".join(f"{name} **{r:.0%}**" for name, r in zip(LAYER_NAMES.values(), right, strict=True))
        st.markdown(f"Right answers{' to new random numbers' if repair == 'random' else ''}: {told}")

    live("twinlesson", request, partial(lesson_run, request), draw, label="Train to tell them apart")


@lru_cache(maxsize=1)
def _table() -> pd.DataFrame:
    """Kinds of layers that tell each pair apart with each repair, and what reordering one graph changes."""
    rows = {}
    for repair in REPAIRS:
        cells, cost = {}, 0.0
        for name in MAKERS:
            pair = pair_of(name)
            found = measured(pair, repair, DEPTH, 4)
            cells[twins(name).title] = f"{len([k for k, (a, _) in found.items() if np.median(a) > 1e-13])} of {len(found)}"
            cost = max(cost, *(float(np.median(b)) for _, b in found.values()))
        rows[TOLD[repair]] = {"Cost: one graph, reordered": power(cost)} | cells
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("Nodes are also told")


def table() -> None:
    """What each repair repairs, and what it costs."""
    st.markdown("**How many of six kinds of layers tell the two apart**, and the cost: how much reordering one graph changes")
    st.dataframe(_table(), width="stretch", height=(len(REPAIRS) + 1) * 36 + 4)
    st.caption(f"{DEPTH} layers with random weights, computed here; the middle of 4 seeds (3 where nodes are marked).")


def check() -> None:
    """A question whose answer is found by moving the controls."""
    options = ["walks", "one", "two", "random"]
    names = [TOLD[r] for r in options]
    guess = st.segmented_control(
        "**Check yourself.** Choose *Rook, Shrikhande*. What must nodes be told so that the two are told apart, and reordering a "
        "graph still changes nothing?", names, key="twins-check",
    )  # fmt: skip
    if guess:
        repair, pair = options[names.index(str(guess))], pair_of("rook")
        can, found = telling(pair, repair, DEPTH), coloured(pair, repair)
        colours = "never differ" if found.told is None else f"differ from round {found.told} on"
        right = bool(can) and repair in INVARIANT
        cost = max(float(np.median(b)) for _, b in measured(pair, repair, DEPTH).values())
        st.markdown(
            f"{'Right' if right else 'Look again'}. Told {guess}: the colours {colours}, **{len(can)} of 6** kinds of layers "
            f"tell them apart, and one graph reordered differs by **{power(cost)}**."
        )


MAIN = """
import numpy as np

from components.learn.telling import Plain, gaps, lesson, lesson_run
from components.measure.refinement import by_node, histograms, rounds
from components.measure.repairs import features, marks

edges = [np.array({first}).reshape(-1, 2).T, np.array({second}).reshape(-1, 2).T]
colours = [np.array({colours_first}), np.array({colours_second})]
repair, kinds = {repair!r}, int(max(c.max() for c in colours)) + 1
x = [features(repair, e, c, kinds, np.random.default_rng(i)) for i, (e, c) in enumerate(zip(edges, colours))]
for k, found in enumerate(rounds(x, edges)):
    counts = histograms(by_node(found, [marks(repair, len(c)) for c in colours]))
    print("round", k, "nodes of each colour", counts.tolist(), "same" if (counts[0] == counts[1]).all() else "different")
first, second = (Plain(e, c) for e, c in zip(edges, colours))
for kind, (apart, cost) in gaps(first, second, repair, layers=3).items():
    print(f"{{kind:12}} both graphs {{np.median(apart):.1e}}, one graph reordered {{np.median(cost):.1e}}")
for frame in lesson_run(lesson(first, second, repair)._replace(steps=40, seeds=2), every=20):
    print("step", frame["step"], "loss", frame["loss"].mean(1).round(3).tolist(), "right", frame["right"].mean(1).tolist())
"""


@lru_cache(maxsize=32)
def source(pair: Pair, repair: str) -> str:
    """The whole file: refine the colours, measure the outputs, train."""
    first, second = pair.sides
    main = MAIN.format(
        first=list(first.edges), second=list(second.edges), colours_first=list(first.colours),
        colours_second=list(second.colours), repair=repair,
    )  # fmt: skip
    about = "Colour refinement of two graphs, and what graph networks make of them.\n\nNeeds numpy and torch."
    return archive(gather(["learn.telling"]), main, about)


def code(pair: Pair, repair: str) -> None:
    """The heart of it, and the file."""
    show_code(source(pair, repair), "twins.py", focus=[refined])
