"""The stage of the Sets page: network, learning curves and readouts, from recorded or live frames."""

from functools import lru_cache
from math import factorial, inf, isfinite

import numpy as np
import streamlit as st

from components.figures.learning_curves import learning_curves
from components.figures.scale import SCALES
from components.figures.set_network import set_network
from components.learn.recorded import about, lookup, recorded
from components.learn.summary import Summary, architecture, counts, recorded_summary, shown_size, summarise
from components.learn.sweep import ARCHITECTURES, Request, example
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.values import Frame

HEIGHT = 400


@lru_cache(maxsize=512)
def network_picture(request: Request, share: bool, pool: bool, number: int, colours: str, height: int = HEIGHT) -> Picture:
    """The network with the example set in front of it."""
    x, y = example(request, number)
    kind = request.pool if pool else "concatenate"
    answer = request.family.make(request.size).classes[y]
    figure = set_network(
        request.family.glyphs(x), share, kind, answer, counts(request, share, pool), scale=SCALES[colours], height=height
    )
    return picture(figure, "network", height=height, alt=f"Network with {'one shared' if share else 'separate'} phi and {kind}")


def curves_picture(
    request: Request,
    frame: Frame,
    summary: Summary,
    chosen: tuple[bool, bool],
    memory: bool,
    colours: str,
    earlier: np.ndarray | None,
) -> Picture:
    """The learning curves of a frame."""
    classes = len(request.family.make(request.size).classes)
    figure = learning_curves(
        frame["sizes"], frame["accuracy"], chosen, summary.needed, request.family.threshold, chance=1 / classes, earlier=earlier,
        lookup=lookup(request.task, request.size) if memory else None, scale=SCALES[colours], height=HEIGHT,
    )  # fmt: skip
    words = ", ".join(f"{n:.0f}" if isfinite(n) else "never" for n in summary.needed)
    return picture(figure, "curves", height=HEIGHT, alt=f"Learning curves; samples needed: {words}")


@lru_cache(maxsize=512)
def recorded_curves(request: Request, chosen: tuple[bool, bool], memory: bool, colours: str) -> Picture:
    """The learning curves as recorded, drawn once for all learners."""
    frame, summary = recorded(request), recorded_summary(request)
    assert frame is not None
    assert summary is not None
    return curves_picture(request, frame, summary, chosen, memory, colours, None)


def stage(request: Request, share: bool, pool: bool, memory: bool, number: int, frames: list[Frame]) -> None:
    """Network and curves side by side, and the four readouts below. Without frames, what was recorded."""
    kept, colours = recorded(request), theme().name
    frame = frames[-1] if frames else kept
    left, right = st.columns([0.4, 0.6], gap="medium")
    with left:
        chart(network_picture(request, share, pool, number, colours, HEIGHT - 85), "network")
        formula(request, share, pool)
    if frame is None:
        right.info("Nothing is recorded for these settings. Train live to see the curves.", icon=":material/play_arrow:")
        return
    with right:
        if frames:
            summary = summarise(request, frame, resamples=200)
            earlier = None if kept is None else kept["accuracy"]
            chart(curves_picture(request, frame, summary, (share, pool), memory, colours, earlier), "curves")
        else:
            summary = recorded_summary(request) or summarise(request, frame)
            chart(recorded_curves(request, (share, pool), memory, colours), "curves")
    _readouts(request, summary, architecture(share, pool), share, pool)
    st.caption(source(request, frames))


def formula(request: Request, share: bool, pool: bool) -> None:
    """The network as one line of mathematics, coloured like its drawing."""
    series = theme().series
    phi = rf"\textcolor{{{series[0] if share else series[3]}}}{{\varphi{'' if share else '_i'}}}"
    signs = {
        "sum": r"\tfrac{1}{\sqrt K}\sum_{i=1}^{K}",
        "mean": r"\tfrac1K\sum_{i=1}^{K}",
        "max": r"\max_{i}",
        "attention": r"\sum_{i=1}^{K}\alpha_i",
    }
    if pool:
        inner = rf"\textcolor{{{series[0]}}}{{{signs[request.pool]}}} {phi}(x_i)"
    else:
        first, last = phi.replace("_i", "_1"), phi.replace("_i", "_K")
        left, gap, right = (rf"\textcolor{{{series[1]}}}{{{mark}}}" for mark in "[;]")
        inner = rf"{left} {first}(x_1) {gap} \dots {gap} {last}(x_K) {right}"
    st.latex(rf"f(x) = \rho\Big(\, {inner} \,\Big)")


def source(request: Request, frames: list[Frame]) -> str:
    """Where the numbers on the stage come from."""
    models = len(ARCHITECTURES) * len(request.family.sizes) * request.seeds
    tested = f"mean of {request.seeds} seeds, bars are standard errors"
    if frames:
        done = int(frames[-1]["step"]) == int(frames[-1]["steps"])
        faded = "; the faded curves are the recorded ones" if recorded(request) is not None else ""
        how = f"each tested on {int(frames[-1]['tested'])} sets{'' if done else ' for now'}"
        return f"Live: {models} models trained here, {how}; {tested}{faded}."
    facts = about(request.task)
    return f"Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}: {models} models; {tested}."


def _readouts(request: Request, summary: Summary, index: int, share: bool, pool: bool) -> None:
    """At most four numbers; hovering one shows its formula with the current numbers in it."""
    need, best, found = summary.needed[index], summary.needed[0], summary.factors[index]
    threshold, bang = request.family.threshold, factorial(request.size)
    shown, total = shown_size(request), counts(request, share, pool)["all"]
    text = f"{need:.0f}" if isfinite(need) else f"> {request.family.sizes[-1]}"
    if isfinite(need) and need <= request.family.sizes[0]:
        text = f"≤ {need:.0f}"
    row = st.container(horizontal=True, gap="medium")
    row.metric(
        f"Samples for accuracy {threshold:g}", text,
        help=f"First crossing of {threshold:g} by the mean curve, interpolated between sample sizes on a logarithmic axis.",
    )  # fmt: skip
    interval = f"95 %: {found.low:.2g} to {found.high:.2g}" if isfinite(found.low) and isfinite(found.high) else "no upper bound"
    own = ("1×" if isfinite(best) else "never gets there") if index == 0 else summary.spoken[index]
    row.metric(
        "Times the samples", own,
        interval if index and 0 < found.estimate < inf else None, delta_color="off", delta_arrow="off",
        help=f"n(this network) / n(shared + invariant) = {text} / {best:.0f}. Interval: bootstrap over {request.seeds} seeds. "
        f"The slide says {request.size}! = {bang}." if isfinite(best) else "Shared + invariant never gets there on this task.",
    )  # fmt: skip
    row.metric(
        "Weights to learn", f"{total:,}", help="φ and ρ together: " + " + ".join(f"{v:,}" for v in _two(request, share, pool))
    )
    spread = summary.spread[index]
    row.metric(
        f"Spread over {bang} orders", "0" if spread < 1e-5 else f"{spread:.2g}",
        help=f"max − min of p(true class) over all {request.size}! = {bang} orders of the example set = {spread:.1e}; network "
        f"trained on {shown} samples.",
    )  # fmt: skip


def _two(request: Request, share: bool, pool: bool) -> tuple[int, int]:
    found = counts(request, share, pool)
    return found["phi"], found["rho"]


def curves_only(request: Request, frames: list[Frame]) -> None:
    """The learning curves alone, for the first page: what separate weights and a kept order cost."""
    kept, colours, chosen = recorded(request), theme().name, (False, False)
    if frames:
        summary = summarise(request, frames[-1], resamples=50)
        earlier = None if kept is None else kept["accuracy"]
        chart(curves_picture(request, frames[-1], summary, chosen, False, colours, earlier), "curves")
    else:
        chart(recorded_curves(request, chosen, False, colours), "curves")
    st.caption(source(request, frames))
