"""The stage of the view "Samples needed": the graph and its maps, the learning curves, the readouts."""

from functools import lru_cache
from math import isfinite

import numpy as np
import streamlit as st

from components.figures.graph_sharing import graph_sharing
from components.figures.learning_curves import learning_curves
from components.figures.scale import SCALES, SHARE_AND_POOL
from components.learn.graph_summary import (
    GraphSummary,
    recorded_about,
    recorded_graph_summary,
    recorded_graphs,
    summarise_graphs,
)
from components.learn.graph_sweep import ASKED, ORDERS, GraphRequest, examples, weights_to_learn
from components.learn.sweep import ARCHITECTURES
from components.tasks.graph_questions import GRID, PARTIES, named_atoms
from components.ui.chart import Picture, chart, picture
from components.ui.graphs_blind_stage import power
from components.ui.house import theme
from components.values import Frame

HEIGHT, NEXT, MOLECULE = 335, "heard-next", "aspirin"
ENOUGH = 3  # repetitions from which on an interval is shown
ABOUT = {
    "vote": "**Whom do most of my neighbours vote for?** Synthetic.",
    "molecules": "**Does it dissolve better in fat (log P > 2)?** Real; here aspirin.",
    "places": "**Which digit is it?** Real; a node’s number is its place.",
}


@lru_cache(maxsize=4)
def drawn(task: str) -> tuple[np.ndarray, np.ndarray, tuple[str, ...], np.ndarray]:
    """The example graph of a task: places `(n, 2)`, matrix `(n, n)`, letters, how dark each node is `(n,)`."""
    if task == "molecules":
        x, places, _, letters = named_atoms(MOLECULE)
        n = len(letters)
        return places, x[:n, -x.shape[0] :][:, :n], letters, np.zeros(n)
    x = examples(task)[0][2]
    n = len(x)
    if task == "places":
        at = np.arange(n)
        return np.stack([at % GRID, -(at // GRID)], 1).astype(np.float32), x[:, -n:], ("",) * n, (x[:, 1] + 1) / 3.2
    turn = np.pi / 2 - 2 * np.pi * np.arange(n) / n
    return np.stack([np.cos(turn), np.sin(turn)], 1), x[:, -n:], tuple(PARTIES[k] for k in x[:, 2:5].argmax(1)), np.zeros(n)


@lru_cache(maxsize=256)
def sharing_picture(task: str, share: bool, aggregate: bool, node: int, colours: str) -> Picture:
    """The graph and the table of maps, drawn once for all learners."""
    places, matrix, letters, fill = drawn(task)
    n = GraphRequest(task).about.n
    maps, height = (1 if share else n) * (1 if aggregate else n), HEIGHT - 45
    figure = graph_sharing(
        places, matrix, letters, fill, node, share, aggregate, maps, scale=SCALES[colours], height=height
    )  # fmt: skip
    alt = f"A graph of {len(places)} nodes; {maps} different maps for neighbours"
    return picture(figure, "graph-sharing", height=height, click=True, alt=alt)


def curves_picture(
    request: GraphRequest, frame: Frame, summary: GraphSummary, chosen: tuple[bool, bool], colours: str, live: bool
) -> Picture:
    """The learning curves of a frame; faded behind a live one those that were recorded."""
    task = request.about
    behind = recorded_graphs(request.task, request.how)["accuracy"] if live else None
    figure = learning_curves(
        frame["sizes"], frame["accuracy"], chosen, summary.needed, task.threshold, chance=guessing(request.task),
        earlier=behind, scale=SCALES[colours], height=HEIGHT,
    )  # fmt: skip
    words = ", ".join(f"{n:.0f}" if isfinite(n) else "never" for n in summary.needed)
    return picture(figure, "graph-curves", height=HEIGHT, alt=f"Learning curves; samples needed: {words}")


@lru_cache(maxsize=4)
def guessing(task: str) -> float:
    """Accuracy of always giving the most frequent answer, on the test."""
    from torch import Generator

    from components.learn.train import TEST_SEED

    about = GraphRequest(task).about
    y = about.draw(about.test, Generator().manual_seed(TEST_SEED), "test")[1].numpy()
    return float(np.bincount(y).max() / len(y))


@lru_cache(maxsize=256)
def recorded_curves(task: str, how: str, chosen: tuple[bool, bool], colours: str) -> Picture:
    """The learning curves as recorded, drawn once for all learners."""
    frame, summary = recorded_graphs(task, how), recorded_graph_summary(task, how)
    return curves_picture(GraphRequest(task, how), frame, summary, chosen, colours, False)


def stage(request: GraphRequest, share: bool, aggregate: bool, node: int, frames: list[Frame]) -> None:
    """Graph, maps and formula beside the curves, the readouts below. Without frames, what was recorded."""
    colours, chosen = theme().name, (share, aggregate)
    node = (node - 1) % len(drawn(request.task)[0])
    left, right = st.columns([0.44, 0.56], gap="medium")
    with left:
        st.markdown(ABOUT[request.task])
        clicked = chart(sharing_picture(request.task, share, aggregate, node, colours), "graph-sharing")
    if clicked and str(clicked.get("customdata", "")).startswith("g"):
        st.session_state[NEXT] = int(str(clicked["customdata"])[1:]) + 1
        st.rerun()
    with right:
        if frames:
            frame = frames[-1]
            summary = summarise_graphs(request, frame, resamples=200)
            chart(curves_picture(request, frame, summary, chosen, colours, True), "graph-curves")
        else:
            frame, summary = recorded_graphs(request.task, request.how), recorded_graph_summary(request.task, request.how)
            chart(recorded_curves(request.task, request.how, chosen, colours), "graph-curves")
    readouts(request, frame, summary, share, aggregate)
    st.caption(source(request, frames))
    formula(request, share, aggregate)


def formula(request: GraphRequest, share: bool, aggregate: bool) -> None:
    """The layer as one line of mathematics, coloured like its curve."""
    series, task = theme().series, request.about
    colour = series[SHARE_AND_POOL[share, aggregate]]
    mark = ("" if share else "i") + ("" if aggregate else "j")
    weight = rf"\textcolor{{{colour}}}{{W{f'_{{{mark}}}' if mark else ''}}}"
    own = rf"\textcolor{{{colour}}}{{U{'' if share else '_i'}}}"
    sign = {"sum": r"\sum_{j\to i}", "mean": r"\tfrac1{|N(i)|}\sum_{j\to i}", "max": r"\max_{j\to i}",
            "attention": r"\sum_{j\to i} a_{j}"}[request.how]  # fmt: skip
    heard = rf"\Big({sign}\, x_j\Big)\,{weight}" if aggregate else rf"\sum_{{j\to i}} x_j\,{weight}"
    left, right = st.columns([0.44, 0.56], gap="medium", vertical_alignment="center")
    left.latex(rf"h_i=\operatorname{{relu}}\Big(x_i\,{own}+{heard}\Big)")
    n, d = task.n, task.d - task.asked
    shape = f"({1 if share else n}, {1 if aggregate else n}, {d}, {task.h})"
    right.markdown(
        f"All maps W together have the shape **{shape}**: nodes, neighbours, numbers in, numbers out. Length 1 is shared. "
        f"{'Then the node that is asked answers.' if task.asked else 'Then all nodes come together in the same way, and answer.'}"
    )


def readouts(request: GraphRequest, frame: Frame, summary: GraphSummary, share: bool, aggregate: bool) -> None:
    """Four numbers; hovering one shows its formula with the current numbers in it."""
    index, task = ARCHITECTURES.index((share, aggregate)), request.about
    need, sizes, count = summary.needed[index], task.sizes, weights_to_learn(request, share, aggregate)
    over = "step" not in frame or int(frame["step"]) == int(frame["steps"])
    text = said_need(need, sizes) if over or isfinite(need) else "not there yet"
    row = st.container(horizontal=True, gap="medium")
    row.metric(
        f"Samples for accuracy {task.threshold:g}", text,
        help=f"First crossing of {task.threshold:g} by the mean curve, interpolated between sizes on a logarithmic axis. "
        f"A sample is {task.sample}.",
    )  # fmt: skip
    ratio, interval, why = compared(summary, index, sizes, frame["accuracy"].shape[-1], over)
    row.metric("Times as many as shared + invariant", ratio, interval, delta_color="off", delta_arrow="off", help=why)
    row.metric(
        "Weights to learn", f"{count['all']:,}",
        help=f"layers {count['layers']:,} + answer {count['read']:,}. For a neighbour: "
        f"{1 if share else task.n} × {1 if aggregate else task.n} maps in each layer.",
    )  # fmt: skip
    changed, most = float(frame["changed"][index]), float(frame["difference"][index])
    row.metric(
        "Answer changes when renumbered", f"{changed:.0%}", f"largest change of p: {power(most)}", delta_color="off",
        delta_arrow="off",
        help=f"{ASKED} test graphs, the nodes of each renumbered {ORDERS} times at random, asked of the network that learnt from "
        f"{task.shown}. Changed answers: {changed * ASKED * ORDERS:.0f} of {ASKED * ORDERS}.",
    )  # fmt: skip


def said_need(need: float, sizes: tuple[int, ...]) -> str:
    """Samples needed as a learner reads them."""
    return f"> {sizes[-1]}" if not isfinite(need) else f"≤ {need:.0f}" if need <= sizes[0] else f"{need:.0f}"


def compared(
    summary: GraphSummary, index: int, sizes: tuple[int, ...], repetitions: int, over: bool
) -> tuple[str, str | None, str]:
    """Samples against those of shared + invariant: the ratio, its interval where there is one, and how both were found."""
    best, own, found = summary.needed[0], summary.needed[index], summary.factors[index]
    if not isfinite(best):
        gets = "This one does not either." if not isfinite(own) else f"This one needs {own:.0f}."
        why = f"Shared + invariant does not reach the accuracy asked for{'' if over else ' so far'}. {gets if index else ''}"
        return "it never gets there" if over else "it is not there yet", None, why
    why = f"n(this network) / n(shared + invariant) = {said_need(own, sizes)} / {best:.0f}."
    if index == 0:
        return "1×", None, why
    if not over and not isfinite(own):
        return "not there yet", None, why
    known = repetitions >= ENOUGH and isfinite(found.low) and found.low > 0
    end = f"to {found.high:.2g}" if isfinite(found.high) else "or more"
    interval = f"95 %: {found.low:.2g} {end}" if known else None
    return summary.spoken[index], interval, f"{why} Interval: bootstrap over {repetitions} repetitions."


def source(request: GraphRequest, frames: list[Frame]) -> str:
    """Where the numbers on the stage come from."""
    task = request.about
    if frames:
        models = len(ARCHITECTURES) * len(task.sizes) * request.seeds
        done = int(frames[-1]["step"]) == int(frames[-1]["steps"])
        tested = f"each tested on {int(frames[-1]['tested'])} graphs{'' if done else ' for now'}"
        return f"Live: {models} networks trained here, {tested}; mean of {request.seeds} repetitions; faded: as recorded."
    facts, models = recorded_about(), len(ARCHITECTURES) * len(task.sizes) * 5
    return (
        f"Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}: {models} networks, all with {task.steps} "
        f"steps, tested on {task.test} graphs; mean of 5 repetitions, bars are standard errors."
    )
