"""The view "Shared steps, order" of the Sequences page: what one cell for all steps saves, and who sees the order at all."""

from functools import lru_cache, partial

import numpy as np
import streamlit as st
from torch import Generator

from components.figures.scale import SCALES
from components.figures.time_curves import READERS, chain, time_curves, unseen_bars
from components.learn.time_sweep import LENGTHS, SIZES, THRESHOLD, Request, about, recorded, sweep, weights
from components.measure.sample_complexity import factor, samples_needed, spoken
from components.tasks.noisy_last import CLASSES, SYMBOLS, symbols
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.ui.links import choice, switch
from components.ui.live import live
from components.ui.sequences_order import order_view
from components.ui.sequences_share_below import below
from components.values import Frame

HALVES = {"share": "Shared steps", "order": "Order"}
HEIGHT = 360


def view() -> None:
    """One of two halves: sharing over time, or the order of words."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        half = choice("About", HALVES, "share", "half")
        if half == "share":
            steps = int(choice("Symbols a sequence", {str(n): str(n) for n in LENGTHS}, "8", "steps"))
            other = choice("Compare with", {"separate": "a cell for each step", "place": "no cell"}, "separate", "against")
            share = switch("**Share** one cell among all steps", True, "share", "Off: what it is compared with.")
    if half == "order":
        order_view()
        return
    reader = "shared" if share else other
    request = Request(steps)
    live("time", request, partial(sweep, request), partial(stage, request, reader), label="Train these 105 models live")
    below(request, reader)


@lru_cache(maxsize=64)
def example(steps: int) -> tuple[tuple[str, ...], str]:
    """One sequence as letters, and its answer."""
    rows, y = symbols(6, Generator().manual_seed(3), steps)
    pick = next((i for i, row in enumerate(rows.tolist()) if {0, 1} <= set(row)), 0)
    return tuple(SYMBOLS[i] for i in rows[pick].tolist()), CLASSES[int(y[pick])]


@lru_cache(maxsize=64)
def chain_picture(steps: int, reader: str, colours: str) -> Picture:
    """The unrolled reader, drawn once for all learners."""
    letters, answer = example(steps)
    figure = chain(letters, reader, answer, scale=SCALES[colours], height=250)
    return picture(figure, "chain", height=250, alt=f"{READERS[reader][0]} reading {''.join(letters)}")


def curves_picture(request: Request, frame: Frame, reader: str, colours: str, earlier: np.ndarray | None) -> Picture:
    """The learning curves of a frame."""
    figure = time_curves(
        np.array(SIZES), frame["accuracy"], list(READERS).index(reader), THRESHOLD, earlier=earlier, scale=SCALES[colours],
        height=HEIGHT,
    )  # fmt: skip
    needs = samples_needed(np.array(SIZES), frame["accuracy"].mean(-1), THRESHOLD)
    said = ", ".join(f"{name} {n:.0f}" for (name, _), n in zip(READERS.values(), needs, strict=True))
    return picture(figure, "time-curves", height=HEIGHT, alt=f"Sequences needed: {said}")


@lru_cache(maxsize=64)
def recorded_curves(request: Request, reader: str, colours: str) -> Picture:
    """The curves as recorded, drawn once for all learners."""
    return curves_picture(request, recorded(request), reader, colours, None)


@lru_cache(maxsize=16)
def unseen_picture(request: Request, colours: str) -> Picture:
    """What each reader knows at a step it never learnt at; recorded."""
    values = recorded(request)["unseen"]
    figure = unseen_bars(values, scale=SCALES[colours], height=300)
    said = ", ".join(f"{name} {v:.2f}" for (name, _), v in zip(READERS.values(), values[:, 1].mean(1), strict=True))
    return picture(figure, "unseen", height=300, alt=f"Accuracy at the step never seen: {said}")


def stage(request: Request, reader: str, frames: list[Frame]) -> None:
    """The chain and its formula beside the curves, and four readouts; recorded before a run, live after."""
    colours, kept = theme().name, recorded(request)
    left, right = st.columns([0.46, 0.54], gap="medium")
    with left:
        st.markdown("**Which of A and B came last?** Eight symbols, each seen through noise; synthetic.")
        chart(chain_picture(request.steps, reader, colours), "chain")
        formula(reader)
    with right:
        if frames:
            chart(curves_picture(request, frames[-1], reader, colours, kept["accuracy"]), "time-curves")
        else:
            chart(recorded_curves(request, reader, colours), "time-curves")
    readouts(request, reader, frames[-1]["accuracy"] if frames else kept["accuracy"])
    facts = about()
    if frames:
        done = "" if frames[-1]["step"] == frames[-1]["steps"] else ", on 40 test sequences for now"
        st.caption(f"Live: 105 models trained here{done}; mean of 5 seeds, bars are standard errors; faded: as recorded.")
    else:
        st.caption(f"Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}; mean of 5 seeds, standard errors.")


def formula(reader: str) -> None:
    """The reader as mathematics, coloured like its cells."""
    series = theme().series
    if reader == "place":
        st.latex(rf"f(x)=\rho\big(\operatorname{{relu}}(\textcolor{{{series[1]}}}{{W}}\,[x_1;\dots;x_T])\big)")
    else:
        mark, colour = ("", series[0]) if reader == "shared" else ("_t", series[3])
        w, u = (rf"\textcolor{{{colour}}}{{{name}{mark}}}" for name in "WU")
        st.latex(rf"h_t=\tanh({w}x_t+{u}h_{{t-1}}+b{mark}),\qquad f(x)=\rho(h_T)")


def readouts(request: Request, reader: str, accuracy: np.ndarray) -> None:
    """Samples, factor with interval, weights, and what is known at a step never seen."""
    sizes, i = np.array(SIZES), list(READERS).index(reader)
    need = samples_needed(sizes, accuracy.mean(-1), THRESHOLD)
    found = factor(sizes, accuracy[i], accuracy[0], THRESHOLD)
    row = st.container(horizontal=True, gap="medium")
    text = f"> {SIZES[-1]}" if np.isinf(need[i]) else f"≤ {SIZES[0]}" if need[i] <= SIZES[0] else f"{need[i]:.0f}"
    row.metric(f"Sequences for accuracy {THRESHOLD:g}", text, help="First crossing by the mean curve, on a logarithmic axis.")
    shown = i and np.isfinite(found.estimate)
    row.metric(
        "Times the shared cell's", spoken(found, sizes, float(need[0])) if i else "1×",
        f"95 %: {found.low:.2g} to {found.high:.2g}" if shown else None, delta_color="off", delta_arrow="off",
        help=f"{text} / {need[0]:.0f}; the interval is a bootstrap over {accuracy.shape[2]} seeds.",
    )  # fmt: skip
    kinds = " · ".join(f"{name}: {weights(request.steps, key):,}" for key, (name, _) in READERS.items())
    row.metric("Weights to learn", f"{weights(request.steps, reader):,}", help=kinds)
    values = recorded(request)["unseen"][i]
    row.metric(
        "Right at a step it never saw", f"{values[1].mean():.0%}",
        help=f"Trained with A and B at every step but number {request.steps // 2 + 1}; tested where the last one stands "
        f"just there. Recorded; at steps it learnt at: {values[0].mean():.0%}. Guessing: 50 %.",
    )  # fmt: skip
