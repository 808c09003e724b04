"""The stage of the view "Samples needed": the network on a picture, the learning curves, the readouts."""

from functools import lru_cache
from math import isfinite, isnan

import numpy as np
import streamlit as st

from components.figures.learning_curves import learning_curves
from components.figures.place_network import place_network
from components.figures.scale import SCALES
from components.figures.shift_lines import PLACE_NAMES
from components.learn.picture_summary import (
    PictureSummary,
    recorded_about,
    recorded_frame,
    recorded_picture_summary,
    recorded_pictures,
    summarise_pictures,
)
from components.learn.picture_sweep import SHOWN, PictureRequest, counts, moved
from components.learn.sweep import ARCHITECTURES
from components.models.place_classifier import corners_of_places
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.values import Frame

HEIGHT = 380
MARKED = 3  # windows that are drawn
ENOUGH = 3  # repetitions from which on an interval is shown: one has no spread, two have nothing between their ends


def shown_pixels(request: PictureRequest, number: int, move: int = 0) -> np.ndarray:
    """The example of one class as a picture in [0, 1]: dark ink on white paper, or a piece of a photograph."""
    found = request.about.pixels(moved(request.task)[0][number, move])
    return found + 0.5 if request.about.colours == 3 else 1 - found


def windows_of(request: PictureRequest) -> list[tuple[int, int, int]]:
    """First column, first row and side of every window, places column by column."""
    task = request.about
    corners = corners_of_places(task.side, task.patch, request.stride)
    return [(left, top, task.patch) for left in corners for top in corners]


def marked_places(said: np.ndarray | None, count: int) -> list[int]:
    """The place that says most, and two others far from it: their windows are drawn."""
    best = count // 2 if said is None else int(said.sum(1).argmax())
    others = [place for place in (0, count - 1, count // 2) if abs(place - best) > count // 8]
    return sorted([best, *others[: MARKED - 1]])


def network_picture(
    request: PictureRequest, frame: Frame | None, share: bool, pool: bool, number: int, colours: str, height: int
) -> Picture:
    """The network with an example of one class in front of it; its numbers where the frame has them."""
    i, task = ARCHITECTURES.index((share, pool)), request.about
    said = None if frame is None or f"places/{i}" not in frame else frame[f"places/{i}"][number].astype(np.float32)
    windows = windows_of(request)
    answer = "?"
    if frame is not None and said is not None:
        says, p = int(frame["answer"][i, number, 0]), float(frame["truth"][i, number, 0])
        right = says == number
        answer = f"“{task.classes[says]}”" + (f", p = {p:.2f}" if right else f", but it is {task.classes[number]} (p = {p:.2f})")
    kind = (request.pool or task.pool) if pool else "concatenate"
    figure = place_network(
        shown_pixels(request, number), said, windows, marked_places(said, len(windows)), local=request.local, share=share,
        pool=kind, answer=answer, scale=SCALES[colours], height=height,
    )  # fmt: skip
    seen = "its window" if request.local else "the whole picture"
    through = "one shared filter" if share else "a filter of its own"
    alt = f"Each of {len(windows)} places sees {seen} through {through}, then {kind}"
    return picture(figure, "picture_network", height=height, alt=alt)


@lru_cache(maxsize=256)
def recorded_network(request: PictureRequest, share: bool, pool: bool, number: int, colours: str, height: int) -> Picture:
    """The same with what was recorded, drawn once for all learners."""
    return network_picture(request, recorded_frame(request), share, pool, number, colours, height)


def curves_picture(
    request: PictureRequest, frame: Frame, summary: PictureSummary, chosen: tuple[bool, bool], colours: str, live: bool
) -> Picture:
    """The learning curves of a frame; faded behind it the recorded ones, or those of the local window while it is off."""
    task, behind = request.about, None
    if not request.local:
        kept = recorded_pictures(request.task, True, request.stride, request.pool)
        behind = None if kept is None else kept["accuracy"]
    elif live:
        kept = recorded_frame(request)
        behind = None if kept is None else kept["accuracy"]
    figure = learning_curves(
        frame["sizes"], frame["accuracy"], chosen, summary.needed, task.threshold, chance=1 / len(task.classes), earlier=behind,
        scale=SCALES[colours], height=HEIGHT, reference=None if request.local else summary.reference,
        names=PLACE_NAMES,
    )  # fmt: skip
    words = ", ".join(f"{n:.0f}" if isfinite(n) else "never" for n in summary.needed)
    return picture(figure, "picture_curves", height=HEIGHT, alt=f"Learning curves; samples needed: {words}")


@lru_cache(maxsize=256)
def recorded_curves(request: PictureRequest, chosen: tuple[bool, bool], colours: str) -> Picture:
    """The learning curves as recorded, drawn once for all learners."""
    frame, summary = recorded_frame(request), recorded_picture_summary(request)
    assert frame is not None
    assert summary is not None
    return curves_picture(request, frame, summary, chosen, colours, False)


def stage(request: PictureRequest, share: bool, pool: bool, number: int, frames: list[Frame]) -> None:
    """Network and curves side by side, the readouts below. Without frames, what was recorded."""
    colours, number = theme().name, number % len(request.about.classes)
    frame = frames[-1] if frames else recorded_frame(request)
    left, right = st.columns([0.42, 0.58], gap="medium")
    with left:
        if frames:
            chart(network_picture(request, frame, share, pool, number, colours, HEIGHT - 80), "picture_network")
        else:
            chart(recorded_network(request, share, pool, number, colours, HEIGHT - 80), "picture_network")
        formula(request, share, pool)
        if share and not request.local:
            st.caption(weights_in_words(request, share))
    if frame is None:
        right.info("Nothing is recorded for these settings. Train live to see the curves.", icon=":material/play_arrow:")
        return
    with right:
        if frames:
            summary = summarise_pictures(request, frame, resamples=200)
            chart(curves_picture(request, frame, summary, (share, pool), colours, True), "picture_curves")
        else:
            summary = recorded_picture_summary(request) or summarise_pictures(request, frame)
            chart(recorded_curves(request, (share, pool), colours), "picture_curves")
    readouts(request, frame, summary, ARCHITECTURES.index((share, pool)), share, pool)
    st.caption(source(request, frames))


def formula(request: PictureRequest, share: bool, pool: bool) -> None:
    """The network as one line of mathematics, coloured like its drawing."""
    series, task = theme().series, request.about
    seen = r"x_{\text{window}(p)}" if request.local else (r"x_{\,\text{seen from }p}" if share else "x")
    one = series[0 if pool else 1]
    weight = rf"\textcolor{{{one if share else series[3]}}}{{W{'' if share else '_p'}}}"
    inner = rf"\operatorname{{relu}}({weight}\,{seen})"
    kind = {"max": r"\max_p", "mean": r"\tfrac1P\sum_p", "sum": r"\tfrac1{\sqrt P}\sum_p"}[request.pool or task.pool]
    middle = (
        rf"\textcolor{{{series[0]}}}{{{kind}}}\; {inner}"
        if pool
        else rf"\textcolor{{{series[1]}}}{{\big[}}\,{inner}\,\textcolor{{{series[1]}}}{{\big]_{{p=1..P}}}}"
    )
    st.latex(rf"f(x) = V\Big(\, {middle} \,\Big)")


def readouts(request: PictureRequest, frame: Frame, summary: PictureSummary, index: int, share: bool, pool: bool) -> None:
    """Four numbers; hovering one shows its formula with the current numbers in it."""
    need, task = summary.needed[index], request.about
    sizes, count = task.sizes, counts(request, share, pool)
    text = f"> {sizes[-1]}" if not isfinite(need) else f"≤ {need:.0f}" if need <= sizes[0] else f"{need:.0f}"
    over = "step" not in frame or int(frame["step"]) == int(frame["steps"])
    row = st.container(horizontal=True, gap="medium")
    row.metric(
        f"Samples for accuracy {task.threshold:g}", text if over or isfinite(need) else "not there yet",
        help=f"First crossing of {task.threshold:g} by the mean curve, interpolated between sizes on a logarithmic axis.",
    )  # fmt: skip
    ratio, interval, why = compared(request, summary, index, text, frame["accuracy"].shape[-1], over)
    row.metric("Times the convolution's samples", ratio, interval, delta_color="off", delta_arrow="off", help=why)
    row.metric(
        "Weights to learn", f"{count['all']:,}",
        help=f"filters {count['phi']:,} + classifier {count['read']:,}; {count['places']} places. "
        + weights_in_words(request, share),
    )  # fmt: skip
    one, four = (float(v) for v in frame["changed"][index])
    row.metric(
        "Answer changes, moved 1 pixel", f"{one:.0%}", f"moved 4 pixels: {four:.0%}", delta_color="off", delta_arrow="off",
        help=f"Share of test pictures that get another answer one pixel further right, over 12 moves; the network that learnt "
        f"from {sizes[SHOWN]} pictures.",
    )  # fmt: skip


def compared(
    request: PictureRequest, summary: PictureSummary, index: int, text: str, repetitions: int, over: bool
) -> tuple[str, str | None, str]:
    """Samples against those of the convolution: the ratio, its interval where there is one, and how both were found."""
    best, found, threshold = summary.reference, summary.factors[index], request.about.threshold
    if isnan(best):
        return "not measured", None, "With the local window this pooling was not recorded: there is nothing to compare with."
    if not isfinite(best):
        says = "it never gets there" if over else "it is not there yet"
        return says, None, f"The local, shared, pooled network does not reach {threshold:g} here{'' if over else ' so far'}."
    if not over and not isfinite(found.estimate):
        return "not there yet", None, f"This network has not reached {threshold:g} so far; the convolution needed {best:.0f}."
    why = f"n(this network) / n(local, shared, pooled) = {text} / {best:.0f}."
    if request.local and index == 0:
        return "1×", None, why
    if repetitions < ENOUGH:
        return summary.spoken[index], None, f"{why} No interval: {repetitions} of each network are too few for one."
    known = isfinite(found.low) and isfinite(found.high)
    interval = f"95 %: {found.low:.2g} to {found.high:.2g}" if known else None
    return summary.spoken[index], interval, f"{why} Interval: bootstrap over {repetitions} repetitions."


def weights_in_words(request: PictureRequest, share: bool) -> str:
    """Why the filters are as large as they are."""
    task = request.about
    last = corners_of_places(task.side, task.patch, request.stride)[-1]
    if request.local:
        return f"Each filter is {task.patch} × {task.patch} × {task.colours}."
    if share:
        return (
            f"A shared filter that covers the picture from every place is {task.side + last} × {task.side + last}, larger than "
            "the picture itself: it slides, with zeros around the picture."
        )
    return f"Each filter is the whole picture, {task.side} × {task.side} × {task.colours}: the slide's fully connected network."


def source(request: PictureRequest, frames: list[Frame]) -> str:
    """Where the numbers on the stage come from."""
    if frames:
        done = int(frames[-1]["step"]) == int(frames[-1]["steps"])
        models = len(ARCHITECTURES) * len(request.about.sizes) * request.seeds
        behind = "; the faded curves are " + ("the recorded ones" if request.local else "those of the local window")
        if recorded_pictures(request.task, True, request.stride, request.pool) is None:
            behind = ""  # nothing is drawn behind them
        repeated = f"{request.seeds} repetition{'s' if request.seeds > 1 else ''}"
        tested = f"each tested on {int(frames[-1]['tested'])} pictures{'' if done else ' for now'}"
        return f"Live: {models} networks trained here, {tested}; mean of {repeated}{behind}."
    facts = recorded_about(request)
    models = len(ARCHITECTURES) * len(request.about.sizes) * 5
    faded = "" if request.local else " Faded: with the local window."
    return (
        f"Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}: {models} networks; mean of 5 repetitions, "
        f"bars are standard errors.{faded}"
    )
