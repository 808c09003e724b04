"""Below the stage of the Sets page: what the curves mean, as factors beside K!, as strips of all orders, and as a guess."""

from functools import lru_cache
from math import factorial, isfinite

import numpy as np
import streamlit as st
from torch import Generator, from_numpy

from components.figures.factor import Row, factors
from components.figures.learning_curves import NAMES
from components.figures.orders import order_strips
from components.figures.scale import SCALES
from components.learn.recorded import lookup, recorded
from components.learn.summary import Summary, architecture, recorded_summary, shown_size, summarise
from components.learn.sweep import ARCHITECTURES, Request, builder, every_order, example, orders
from components.measure.sample_complexity import factor, samples_needed, spoken
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.ui.live import current, engine, learner
from components.values import Frame

LOW = 290
WHY = (
    "The slide counts a learner to which every order is a new case. Networks generalise from one order to the next, so they pay "
    "less; the look-up learner (under More) does not, and pays in full."
)


def factor_picture(request: Request, summary: Summary, memory: bool, colours: str) -> Picture:
    """The factors of the three handicapped networks, and of the look-up where it is shown."""
    best = summary.needed[0]
    most = request.family.sizes[-1] / best if isfinite(best) else 1.0
    rows = [Row(NAMES[a], *summary.factors[i], summary.spoken[i], most) for i, a in enumerate(ARCHITECTURES) if i]
    if memory:
        seen = lookup(request.task, request.size)
        sizes, slow = seen["ordered"]
        fast = seen["canonical"][1]
        found = factor(sizes, slow, fast, request.family.threshold)
        need = float(samples_needed(sizes, fast.mean(-1), request.family.threshold))
        rows.append(Row("look-up: nearest neighbour", *found, spoken(found, sizes, need), sizes[-1] / need))
    figure = factors(request.size, rows, scale=SCALES[colours], height=LOW)
    words = ", ".join(f"{row.name} {row.words}" for row in rows)
    return picture(figure, "factors", height=LOW, alt=f"Times as many samples: {words}")


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
    figure = order_strips(truth, answers, written, chosen, scale=SCALES[colours], height=LOW)
    return picture(figure, "orders", height=LOW, alt="The example set in every order, through the four networks")


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
    run, colours = current("sets", request, request.device), theme().name
    seen = engine(request.device).seen(run, learner()) if run else []
    live_frame = seen[-1] if seen and seen[-1]["step"] == seen[-1]["steps"] else None
    frame = recorded(request) if live_frame is None else live_frame
    if frame is None:
        return
    left, right = st.columns(2, gap="large")
    with left:
        if live_frame is None:
            chart(recorded_factors(request, memory, colours), "factors")
        else:
            chart(factor_picture(request, summarise(request, frame), memory, colours), "factors")
        st.caption(WHY)
        predict(request, architecture(share, pool))
    with right:
        if live_frame is None:
            strips = recorded_orders(request, (share, pool), number, colours)
        else:
            strips = orders_picture(request, frame, (share, pool), number, colours)
        if strips is None:
            st.info("Train live to see this example set in every order.")
            return
        chart(strips, "orders")
        weights = "Recorded weights" if live_frame is None else "Weights trained here"
        st.caption(
            "Each cell is one order of the set above, coloured by the probability of the right answer. An even strip is an "
            f"invariant network. {weights}, {shown_size(request)} training samples."
        )


def predict(request: Request, index: int) -> None:
    """A guess about the next set size, compared with what was recorded."""
    after = request.size + 1 if request.size < 6 else 2
    asked = Request(request.task, after, request.pool, request.order)
    summary = recorded_summary(asked)
    if summary is None:
        return
    row = index or 3
    name = ("", "shared φ, order seen,", "separate φ, invariant pooling,", "separate φ, order seen,")[row]
    options = ["about 1×", "3×", "9×", "30×", f"{factorial(after)}×"] if after > 4 else ["about 1×", "2×", "4×", "12×"]
    guess = st.segmented_control(
        f"**Predict first.** With K = {after} instead of {request.size}: how many times the samples for {name} on this task?",
        options, key=f"guess-{asked.task}-{after}-{row}-{asked.order}-{asked.pool}",
    )  # fmt: skip
    if guess:
        found = summary.factors[row]
        interval = f" (95 % interval {found.low:.2g} to {found.high:.2g})" if found.estimate > 0 and found.high < 1e9 else ""
        st.markdown(
            f"You said **{guess}**. Measured: **{summary.spoken[row]}**{interval}. The slide's bound is "
            f"{after}! = {factorial(after)}. Set K to see its curves."
        )
