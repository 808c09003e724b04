"""The stage of the Sets page: network, learning curves, readouts, factors and orders, from recorded or live frames."""

from functools import lru_cache
from math import factorial, isfinite

import numpy as np
import streamlit as st
from torch import Generator, from_numpy

from components.figures.factor import factors
from components.figures.learning_curves import learning_curves
from components.figures.orders import order_strips
from components.figures.scale import SCALES
from components.figures.set_network import set_network
from components.learn.recorded import about, lookup, recorded
from components.learn.summary import Summary, architecture, counts, recorded_summary, shown_size, summarise
from components.learn.sweep import ARCHITECTURES, Request, builder, every_order, example, orders
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
        chart(network_picture(request, share, pool, number, colours), "network")
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
    columns = st.columns(4)
    columns[0].metric(
        f"Samples for accuracy {threshold:g}", text,
        help=f"First crossing of {threshold:g} by the mean curve, interpolated between sample sizes on a logarithmic axis.",
    )  # fmt: skip
    interval = f"95 %: {found.low:.2g} to {found.high:.2g}" if isfinite(found.low) and isfinite(found.high) else "no upper bound"
    columns[1].metric(
        "Times the samples", "1×" if index == 0 else summary.spoken[index],
        None if index == 0 or not isfinite(found.estimate) else interval, delta_color="off", delta_arrow="off",
        help=f"n(this network) / n(shared + invariant) = {text} / {best:.0f}. Interval: bootstrap over {request.seeds} seeds. "
        f"The slide says {request.size}! = {bang}." if isfinite(best) else "Shared + invariant never gets there on this task.",
    )  # fmt: skip
    columns[2].metric(
        "Weights to learn", f"{total:,}", help="φ and ρ together: " + " + ".join(f"{v:,}" for v in _two(request, share, pool))
    )
    spread = summary.spread[index]
    columns[3].metric(
        f"Spread over {bang} orders", "0" if spread < 1e-5 else f"{spread:.2f}",
        help=f"max − min of p(true class) over all {request.size}! = {bang} orders of the example set, network trained on {shown} "
        f"samples: {spread:.1e}.",
    )  # fmt: skip


def _two(request: Request, share: bool, pool: bool) -> tuple[int, int]:
    found = counts(request, share, pool)
    return found["phi"], found["rho"]


def factor_picture(request: Request, summary: Summary, memory: bool, colours: str) -> Picture:
    """The factors of the three handicapped networks, and of the look-up where it is shown."""
    from components.figures.learning_curves import NAMES
    from components.measure.sample_complexity import factor, samples_needed, spoken

    rows = [(NAMES[a], *summary.factors[i], summary.spoken[i]) for i, a in enumerate(ARCHITECTURES) if i]
    sizes = request.family.sizes
    most = sizes[-1] / summary.needed[0] if isfinite(summary.needed[0]) else 1.0
    if memory:
        seen = lookup(request.task, request.size)
        ladder, slow = seen["ordered"]
        fast = seen["canonical"][1]
        found = factor(ladder, slow, fast, request.family.threshold)
        need = float(samples_needed(ladder, fast.mean(-1), request.family.threshold))
        rows.append(("look-up: nearest neighbour", *found, spoken(found, ladder, need)))
        most = max(most, ladder[-1] / need)
    return picture(factors(request.size, rows, most=most, scale=SCALES[colours], height=260), "factors", height=260)


@lru_cache(maxsize=256)
def recorded_factors(request: Request, memory: bool, colours: str) -> Picture:
    """The factors as recorded, drawn once for all learners."""
    summary = recorded_summary(request)
    assert summary is not None
    return factor_picture(request, summary, memory, colours)


def orders_picture(request: Request, frame: Frame, chosen: tuple[bool, bool], number: int, colours: str) -> Picture | None:
    """The strips of all orders for one set; None where the frame has no weights for another set than the first."""
    x, y = example(request, number)
    task = request.family.make(request.size)
    truth, answer = frame["truth"].astype(np.float32), frame["answer"]
    if number:
        if not any(name.startswith("weights/0/") for name in frame):
            return None
        p = [_through(request, frame, i, x) for i in range(len(ARCHITECTURES))]
        truth, answer = np.stack([a[:, y] for a in p]), np.stack([a.argmax(1) for a in p])
    glyphs = request.family.glyphs(x)
    names = [g if isinstance(g, str) else "ABCDEF"[i] for i, g in enumerate(glyphs)]
    space = " " if any(len(n) > 1 for n in names) else ""
    written = [space.join(names[i] for i in order) for order in orders(request.size)]
    answers = [[task.classes[int(a)] for a in row] for row in answer]
    return picture(order_strips(truth, answers, written, chosen, scale=SCALES[colours], height=260), "orders", height=260)


def _through(request: Request, frame: Frame, index: int, x: np.ndarray) -> np.ndarray:
    """Probabilities for every order of x through network number `index` of the frame."""
    prefix = f"weights/{index}/"
    weights = {n.removeprefix(prefix): from_numpy(a) for n, a in frame.items() if n.startswith(prefix)}
    return every_order(builder(request, *ARCHITECTURES[index])([Generator()]), weights, x)


@lru_cache(maxsize=512)
def recorded_orders(request: Request, chosen: tuple[bool, bool], number: int, colours: str) -> Picture | None:
    """The strips as recorded, drawn once for all learners."""
    frame = recorded(request)
    assert frame is not None
    return orders_picture(request, frame, chosen, number, colours)


def consequences(request: Request, share: bool, pool: bool, memory: bool, number: int) -> None:
    """Below the stage: the factor beside 1 and K!, and one set in every order. Live results, once a run is over."""
    from components.ui.live import current, engine, learner
    from components.ui.sets_words import predict

    run, colours = current("sets", request, request.device), theme().name
    seen = engine(request.device).seen(run, learner()) if run else []
    frame = seen[-1] if seen and seen[-1]["step"] == seen[-1]["steps"] else recorded(request)
    if frame is None:
        return
    lively = bool(seen) and frame is seen[-1]
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(f"Does it really cost {request.size}! = {factorial(request.size)} times the samples?", anchor=False)
        chart(
            factor_picture(request, summarise(request, frame), memory, colours)
            if lively
            else recorded_factors(request, memory, colours),
            "factors",
        )
        st.caption(
            "The slide counts a learner that treats every order as a new case. Networks generalise from one order to the next, so they pay less; "
            "the look-up (More → look-up learner) does not, and pays in full."
        )
        predict(request, architecture(share, pool))
    with right:
        st.subheader("One set, every order", anchor=False)
        args = (request, frame, (share, pool), number, colours)
        strips = orders_picture(*args) if lively else recorded_orders(request, (share, pool), number, colours)
        if strips is None:
            st.info("Train live to see this example set in every order.")
        else:
            chart(strips, "orders")
        st.caption(
            f"Each cell is one order of the set above, coloured by the probability of the right answer; networks trained on {shown_size(request)} samples. "
            f"{'Live result.' if lively else 'Recorded weights.'} An even strip is an invariant network."
        )


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
