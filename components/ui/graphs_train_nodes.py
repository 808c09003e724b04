"""Node classification on the Graphs page: the network, the plane of the last layer, and the score beside others."""

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.figures.node_training import node_training
from components.figures.scale import SCALES
from components.figures.score_bars import score_bars
from components.learn.node_lesson import LAYERS, WIDTH, NodeLesson, baselines, run
from components.modalities.graph_sample import shipped
from components.tasks.known_nodes import question
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.graphs_train_below import below
from components.ui.graphs_train_parts import curve, first, moment, seconds_said, source
from components.ui.graphs_train_words import KINDS, NODES, TOLD, best_of, error_of, node_formula, spread, verdict
from components.ui.house import theme
from components.ui.links import choice, select
from components.ui.live import live
from components.values import Frame

HEIGHT, BARS = 335, 230


class Asked(NamedTuple):
    """What the controls say."""

    lesson: NodeLesson


def controls() -> Asked:
    """Network, layer, how many."""
    name = choice("Network", NODES, "karate", "nodesof")
    kind = select("Layer", list(KINDS), "trainlayer", 190, show=KINDS.__getitem__)
    layers = int(
        choice(
            "How many layers", {str(n): str(n) for n in LAYERS}, "2", "trainlayers", "0: nobody hears anybody; there is no graph."
        )
    )
    return Asked(NodeLesson(name, kind if layers else "convolution", layers))


def show(asked: Asked) -> None:
    """The stage with its run, the formula, what is below."""
    lesson = asked.lesson
    live("graphs-train", lesson, partial(run, lesson), partial(stage, lesson))
    data = question(lesson.network)
    n, d = data.features.shape
    if lesson.layers:
        st.latex(node_formula(lesson.kind, theme(), (n, d, WIDTH, len(data.classes))))
    else:
        st.latex(
            rf"y_i=\mathrm{{softmax}}(x_i V+c)\qquad X:{n}\times{d},\; Y:{n}\times{len(data.classes)}\qquad\text{{no edges}}"
        )
    below("node", lesson)


@lru_cache(maxsize=64)
def untrained(lesson: NodeLesson) -> Frame:
    """The network before any step, where nothing was recorded."""
    from components.learn.device import settle

    settle()
    return next(run(lesson))


def stage(lesson: NodeLesson, frames: list[Frame]) -> None:
    """The network, the plane, the bars, and the readouts."""
    frame = frames[-1] if frames else first(lesson, partial(untrained, lesson))
    at, scores, end = curve(frames, frame, "accuracy")
    left, middle, right = st.columns([0.36, 0.36, 0.28], gap="small")
    with left:
        st.markdown("**The network:** colour is the answer, shape the truth")
        chart(network_picture(lesson, frame, bool(frames)), "graphs-train-map")
    with middle:
        st.markdown(f"**What it knows:** the {WIDTH} numbers of each node, flattened" if lesson.layers else "**What it knows**")
        chart(plane_picture(lesson, frame, bool(frames)), "graphs-train-plane")
    with right:
        st.markdown(f"**Right, of the {len(question(lesson.network).test)} others**")
        chart(bars(lesson, scores[-1], bool(frames), int(frame["step"])), "graphs-train-bars")
        moment(at, scores, end, "right", bool(frames), lesson)
    readouts(lesson, frame, scores[-1], frames)
    st.caption(f"{TOLD[lesson.network]} {source(frames, frame, lesson)}")


def network_picture(lesson: NodeLesson, frame: Frame, fresh: bool) -> Picture:
    """The nodes where the network is usually drawn."""
    data, colours = question(lesson.network), theme().name
    sample = shipped(lesson.network)

    def draw():  # type: ignore[no-untyped-def]
        return node_training(
            sample["raw"]["positions"], data.edges, data.labels, frame["chance"], data.train, sample["raw"]["names"].tolist(),
            data.classes, named=data.train.tolist() if lesson.network == "karate" else (), scale=SCALES[colours], height=HEIGHT,
        )  # fmt: skip

    alt = f"{len(data.labels)} nodes of {NODES[lesson.network]} with the answers of the model"
    if fresh:
        return picture(draw(), "graphs-train-map", height=HEIGHT, alt=alt)
    return remembered((lesson, colours, int(frame["step"])), draw, "graphs-train-map", height=HEIGHT, alt=alt)


def plane_picture(lesson: NodeLesson, frame: Frame, fresh: bool) -> Picture:
    """The same nodes in the plane of largest spread of the last layer."""
    data, colours = question(lesson.network), theme().name
    names = shipped(lesson.network)["raw"]["names"].tolist()

    def draw():  # type: ignore[no-untyped-def]
        return node_training(
            frame["places"], data.edges, data.labels, frame["chance"], data.train, names, data.classes, legend=False,
            named=data.train.tolist() if lesson.network == "karate" else (), links=0.6, scale=SCALES[colours], height=HEIGHT,
        )  # fmt: skip

    alt = f"The plane of largest spread of the last layer: {float(frame['seen']):.0%} of the spread"
    if fresh:
        return picture(draw(), "graphs-train-plane", height=HEIGHT, alt=alt)
    return remembered((lesson, colours, int(frame["step"])), draw, "graphs-train-plane", height=HEIGHT, alt=alt)


def bars(lesson: NodeLesson, seeds: np.ndarray, fresh: bool, step: int) -> Picture:
    """Accuracy beside the others'."""
    others, colours = baselines(lesson.network), theme().name

    def draw():  # type: ignore[no-untyped-def]
        return score_bars("this network", seeds, others, "", percent=True, scale=SCALES[colours], height=BARS)

    alt = f"This network {seeds.mean():.0%}; " + ", ".join(f"{n} {v:.0%}" for n, v in others.items())
    if fresh:
        return picture(draw(), "graphs-train-bars", height=BARS, alt=alt)
    return remembered((lesson, colours, step), draw, "graphs-train-bars", height=BARS, alt=alt)


def readouts(lesson: NodeLesson, frame: Frame, seeds: np.ndarray, frames: list[Frame]) -> None:
    """Accuracy, the best of the others, what the plane shows, seconds."""
    data, others = question(lesson.network), baselines(lesson.network)
    tested, mean = len(data.test), float(seeds.mean())
    error, (name, value) = error_of(mean, tested), best_of(others)
    row = st.container(horizontal=True, gap="medium")
    row.metric(
        f"Right, of {tested} others", f"{mean:.1%} ± {spread(seeds):.1%}",
        help=f"Mean and standard error over {len(seeds)} first weights: {', '.join(f'{s:.1%}' for s in seeds)}. One node is "
        f"{1 / tested:.1%}; the standard error of {tested} test nodes alone is {error:.1%}.",
    )  # fmt: skip
    row.metric(f"Best beside it: {name}", f"{value:.1%}", help="The same known labels, the same test nodes.")
    row.metric(
        "Labels told", f"{len(data.train)} of {len(data.labels)}",
        help="The loss is computed on these alone: −(1 / told) Σ log y_i[kind of i]. The others' labels are only used to score.",
    )  # fmt: skip
    row.metric("Seconds", seconds_said(frames, lesson), help=f"For {len(seeds)} networks side by side, on two cores.")
    st.markdown(verdict(mean, others, error, True)[1])
