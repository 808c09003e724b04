"""Link prediction on the Graphs page: held-out links on the network, ROC curves, AUC beside counting."""

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.figures.link_training import SHOWN, held_links, roc_curves
from components.figures.scale import SCALES
from components.figures.score_bars import score_bars
from components.learn.link_lesson import WIDTH, LinkLesson, baselines, counts, exam, run
from components.measure.ranking import auc, roc, spread_of_auc
from components.modalities.graph_sample import shipped
from components.tasks.held_links import training_links
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.graphs_train_below import below
from components.ui.graphs_train_parts import curve, first, moment, seconds_said, source
from components.ui.graphs_train_words import LINKS, RULES, best_of, link_formula, spread, verdict
from components.ui.house import theme
from components.ui.links import choice
from components.ui.live import live
from components.values import Frame

HEIGHT, BARS = 335, 215
WHY = {
    "balanced": "Pairs without a link are drawn so that every node is met as often among them as among links: being popular "
    "gives nothing away.",
    "uniform": "Pairs without a link are drawn from all. Most join two unpopular nodes, so popularity alone answers: "
    "the test is easier, and flatters.",
}


class Asked(NamedTuple):
    """What the controls say."""

    lesson: LinkLesson


def controls() -> Asked:
    """Network, and how pairs without a link are chosen."""
    name = choice("Network", LINKS, "airports", "linksof")
    rule = choice(
        "Pairs without a link", RULES, "balanced", "negatives", "As popular: nodes as in links. Any pair: drawn from all."
    )
    return Asked(LinkLesson(name, rule))


def show(asked: Asked) -> None:
    """The stage with its run, the formula, what is below."""
    lesson = asked.lesson
    live("graphs-train", lesson, partial(run, lesson), partial(stage, lesson))
    st.latex(link_formula(theme(), len(training_links(lesson.network)[2]), WIDTH))
    below("link", lesson)


@lru_cache(maxsize=16)
def untrained(lesson: LinkLesson) -> Frame:
    """The network before any step, where nothing was recorded."""
    from components.learn.device import settle

    settle()
    return next(run(lesson))


def stage(lesson: LinkLesson, frames: list[Frame]) -> None:
    """The network with held-out links, ROC curves, bars, readouts."""
    frame = frames[-1] if frames else first(lesson, partial(untrained, lesson))
    at, scores, end = curve(frames, frame, "auc")
    left, middle, right = st.columns([0.4, 0.33, 0.27], gap="small")
    held = training_links(lesson.network)[1].shape[1]
    with left:
        few = f", {SHOWN} of {held} drawn" if held > SHOWN else ""
        st.markdown(f"**Held-out links**, and what the model says{few}")
        chart(map_picture(lesson, frame, bool(frames)), "graphs-train-map")
    with middle:
        st.markdown("**How many it finds, at what price** (ROC)")
        chart(roc_picture(lesson, frame, bool(frames)), "graphs-train-plane")
    with right:
        st.markdown("**AUC:** link above no link")
        chart(bars(lesson, scores[-1], bool(frames), int(frame["step"])), "graphs-train-bars")
        moment(at, scores, end, "AUC", bool(frames), lesson)
    readouts(lesson, frame, scores[-1], frames)
    st.caption(f"{WHY[lesson.rule]} {source(frames, frame, lesson)}")


def map_picture(lesson: LinkLesson, frame: Frame, fresh: bool) -> Picture:
    """The network with the held-out links."""
    colours, raw = theme().name, shipped(lesson.network)["raw"]
    links, _, _ = training_links(lesson.network)
    u, v, truth = exam(lesson)
    p = 1 / (1 + np.exp(-frame["scores"][truth].astype(float)))

    def draw():  # type: ignore[no-untyped-def]
        return held_links(
            raw["positions"], links, u[truth], v[truth], p, raw["names"].tolist(), scale=SCALES[colours], height=HEIGHT
        )

    alt = f"{(p >= 0.5).sum()} of {len(p)} held-out links are called links"
    if fresh:
        return picture(draw(), "graphs-train-map", height=HEIGHT, alt=alt)
    return remembered((lesson, colours, int(frame["step"])), draw, "graphs-train-map", height=HEIGHT, alt=alt)


def roc_picture(lesson: LinkLesson, frame: Frame, fresh: bool) -> Picture:
    """The curves of the first network and of the counts."""
    colours, truth = theme().name, exam(lesson)[2]

    def draw():  # type: ignore[no-untyped-def]
        others = {name: roc(score, truth) for name, score in counts(lesson).items()}
        return roc_curves("this network", roc(frame["scores"], truth), others, scale=SCALES[colours], height=HEIGHT)

    alt = f"ROC curves; the area under that of this network is {auc(frame['scores'], truth):.2f}"
    if fresh:
        return picture(draw(), "graphs-train-plane", height=HEIGHT, alt=alt)
    return remembered((lesson, colours, int(frame["step"])), draw, "graphs-train-plane", height=HEIGHT, alt=alt)


def bars(lesson: LinkLesson, seeds: np.ndarray, fresh: bool, step: int) -> Picture:
    """AUC beside the counts'."""
    others, colours = baselines(lesson), theme().name

    def draw():  # type: ignore[no-untyped-def]
        return score_bars("this network", seeds, others, "", guess=0.5, scale=SCALES[colours], height=BARS)

    alt = f"This network {seeds.mean():.2f}; " + ", ".join(f"{n} {v:.2f}" for n, v in others.items())
    if fresh:
        return picture(draw(), "graphs-train-bars", height=BARS, alt=alt)
    return remembered((lesson, colours, step), draw, "graphs-train-bars", height=BARS, alt=alt)


def readouts(lesson: LinkLesson, frame: Frame, seeds: np.ndarray, frames: list[Frame]) -> None:
    """AUC, the best count, the pairs, seconds."""
    truth, others = exam(lesson)[2], baselines(lesson)
    mean, (name, value) = float(seeds.mean()), best_of(others)
    links, apart = int(truth.sum()), int((~truth).sum())
    error = spread_of_auc(mean, links, apart)
    row = st.container(horizontal=True, gap="medium")
    row.metric(
        "AUC on held-out links", f"{mean:.3f} ± {spread(seeds):.3f}",
        help=f"The chance that a held-out link scores above a pair without one; 0.5 is guessing. Mean and standard error over "
        f"{len(seeds)} first weights: {', '.join(f'{s:.3f}' for s in seeds)}. From so few pairs alone: ± {error:.3f}.",
    )  # fmt: skip
    row.metric(f"Best count: {name}", f"{value:.3f}", help="networkx on the same training links, the same pairs.")
    row.metric(
        "Held out",
        f"{links} links, {apart} pairs",
        help=f"One link in five. {WHY[lesson.rule]} Training pairs follow the same rule.",
    )
    row.metric("Seconds", seconds_said(frames, lesson), help=f"For {len(seeds)} networks side by side, on two cores.")
    st.markdown(verdict(mean, others, error, False)[1])
