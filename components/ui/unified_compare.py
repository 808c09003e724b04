"""The view "compare" of the Unified page: an architecture made for the modality against general ones, at equal data and steps."""

from functools import lru_cache, partial

import numpy as np
import streamlit as st

from components.figures.scale import SCALES
from components.figures.special_curves import special_costs, special_curves
from components.learn.special import CONTESTS, Live, contest
from components.learn.special_file import Ahead, Result, about, ahead, results, roles
from components.modalities.base import Exercise
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.house import theme
from components.ui.links import choice
from components.ui.live import live
from components.ui.unified_compare_below import below
from components.ui.unified_compare_words import COSTS, MODALITIES, TITLES, budget, reading
from components.values import Frame

HEIGHT = 305


def view() -> None:
    """Modality, cost, the contest, what is below."""
    found = results()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        modality = choice("Data", {m: t for m, t in MODALITIES.items() if m in found}, next(iter(found)), "fielddata")
        cost = choice("Cost", COSTS, "flops", "costas")
    result = found[modality]
    live(
        "unified-compare",
        Live(modality, result.rates),
        partial(contest, Live(modality, result.rates)),
        partial(stage, modality, cost),
    )
    st.latex(
        r"\text{lead}(n)=\mathrm{acc}_{\text{special}}(n)-\mathrm{acc}_{\text{general}}(n)\qquad "
        r"\pm\sqrt{\,t_{0.975,\,k-1}^2\,\frac{s^2}{k}+1.96^2\,\frac{p(1-p)+p'(1-p')}{m}\,}"
        r"\qquad k\text{ seeds},\; m\text{ test samples}"
    )
    below(modality, result)


@lru_cache(maxsize=16)
def exercise(modality: str) -> Exercise:
    """The task of a contest."""
    from components.catalogue import discover

    found: Exercise = discover("modalities", "MODALITY")[modality].tasks[CONTESTS[modality][0]]
    return found


def stage(modality: str, cost: str, frames: list[Frame]) -> None:
    """The reading, both charts, the readouts."""
    result = results()[modality]
    fresh = bool(frames)
    accuracy = frames[-1]["accuracy"] if fresh else result.accuracy
    done = not fresh or int(frames[-1]["step"]) == int(frames[-1]["steps"])
    seconds = frames[-1]["seconds"] / accuracy[0].size if fresh else result.seconds
    found = ahead(modality, result.sizes, accuracy, result.tested)
    st.markdown(f"##### {reading(modality, found, accuracy.shape[2], best(modality, result.sizes, accuracy))}")
    paid = {"flops": result.cost[:, 1], "weights": result.cost[:, 0], "seconds": np.maximum(seconds, 1e-3)}[cost]
    left, right = st.columns([0.58, 0.42], gap="medium")
    with left:
        st.markdown("**Against training samples**")
        chart(curves(modality, result, accuracy, fresh), "special-curves")
    with right:
        st.markdown(f"**Against cost, with {int(result.sizes[-1]):,} samples**")
        chart(costs_picture(modality, result, accuracy[:, -1], paid, cost, fresh), "special-costs")
    readouts(modality, result, found, accuracy, seconds)
    source = f"Live, {int(frames[-1]['step'])} of {int(frames[-1]['steps'])} steps" if fresh else recorded()
    tested = int(frames[-1]["tested"]) if fresh and not done else result.tested
    noise = 100 * float(np.sqrt(0.25 / tested))
    st.caption(
        f"{exercise(modality).question} {source}; {accuracy.shape[2]} seeds, bars: standard error over them; {tested} test "
        f"samples, which alone are good to at most {noise:.1f} points. {budget(modality)}"
    )


def best(modality: str, sizes: np.ndarray, accuracy: np.ndarray) -> str:
    """Where the model that ignores the structure is best of all."""
    mean, flat = accuracy.mean(2), roles(modality).index("flat")
    ends = [(int(sizes[i]), float(mean[flat, i])) for i in (0, -1) if mean[:, i].argmax() == flat]
    said = " and ".join(f"with {n:,} samples ({score:.0%})" for n, score in ends)
    return f" Best of all {said}: {CONTESTS[modality][2][flat].name}." if ends else ""


def recorded() -> str:
    """When and where it was recorded."""
    return f"Recorded {about()['date']} on {about()['machine']}"


def curves(modality: str, result: Result, accuracy: np.ndarray, fresh: bool) -> Picture:
    """Accuracy over samples."""
    names, colours = [c.name for c in CONTESTS[modality][2]], theme().name
    chance = 1 / len(exercise(modality).classes)
    earlier = result.accuracy.mean(2) if fresh else None

    def draw():  # type: ignore[no-untyped-def]
        return special_curves(
            result.sizes, accuracy, names, roles(modality), chance, earlier, scale=SCALES[colours], height=HEIGHT
        )  # fmt: skip

    alt = "; ".join(f"{n}: {a.mean(1)[0]:.0%} to {a.mean(1)[-1]:.0%}" for n, a in zip(names, accuracy, strict=True))
    if fresh:
        return picture(draw(), "special-curves", height=HEIGHT, alt=alt)
    return remembered((modality, colours), draw, "special-curves", height=HEIGHT, alt=alt)


def costs_picture(modality: str, result: Result, accuracy: np.ndarray, paid: np.ndarray, cost: str, fresh: bool) -> Picture:
    """Accuracy at most samples over cost."""
    names, colours = [c.name for c in CONTESTS[modality][2]], theme().name

    def draw():  # type: ignore[no-untyped-def]
        return special_costs(paid, accuracy, names, roles(modality), TITLES[cost], scale=SCALES[colours], height=HEIGHT)

    alt = f"Accuracy with {result.sizes[-1]} samples over {TITLES[cost]}"
    if fresh:
        return picture(draw(), "special-costs", height=HEIGHT, alt=alt)
    return remembered((modality, cost, colours), draw, "special-costs", height=HEIGHT, alt=alt)


def short(value: float) -> str:
    """12 k, 1.2 M."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if value >= size:
            return f"{value / size:.2g} {unit}" if value < 100 * size else f"{value / size:.0f} {unit}"
    return f"{value:.0f}"


def readouts(modality: str, result: Result, found: tuple[Ahead, ...], accuracy: np.ndarray, seconds: np.ndarray) -> None:
    """The lead at few and at many samples, work, seconds; of the special model and of the transformer."""
    special, general = found[0].special, roles(modality).index("attention")
    row, names = st.container(horizontal=True, gap="medium"), [c.name for c in CONTESTS[modality][2]]
    for a, i in ((found[0], 0), (found[-1], len(found) - 1)):
        half = "" if np.isnan(a.half) else f" ± {a.half:.0f}"
        one, two = accuracy[special, i], accuracy[general, i]
        row.metric(
            f"Lead at {a.samples:,} samples", f"{'+' if round(a.points) >= 0 else '−'}{abs(a.points):.0f}{half} points",
            help=f"{names[special]} − {names[general]}, seed by seed: "
            + ", ".join(f"{x:.1%} − {y:.1%}" for x, y in zip(one, two, strict=True)),
        )  # fmt: skip
    weights, work = result.cost[:, 0], result.cost[:, 1]
    row.metric(
        "Multiply-adds of a sample", f"{short(work[special])} : {short(work[general])}",
        help="Of the matrix products, counted: "
        + "; ".join(f"{n} {w:,} with {p:,} weights" for n, w, p in zip(names, work, weights, strict=True)),
    )  # fmt: skip
    row.metric(
        "Seconds to train one", f"{seconds[special]:.2f} : {seconds[general]:.2f}",
        help="CPU seconds of one thread, all networks of a model side by side, divided by their number.",
    )  # fmt: skip
