"""Below the stage of the view on symmetry: all networks and actions as a table and as curves, rotation, questions, the code."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.commuting import there_and_back, tint
from components.figures.error_curves import error_curves, error_table
from components.figures.scale import SCALES
from components.learn.segmenting import KINDS
from components.learn.symmetry_table import AMOUNTS, COUNT, PAPER, recorded_case, recorded_cases
from components.measure.actions import rotate
from components.ui.chart import Picture, chart, picture
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.images_symmetry_code import code
from components.ui.images_symmetry_stage import EXACT, measured, weights_in
from components.ui.images_symmetry_words import ACTIONS, CASES, FLIPPED, NETWORKS, Asked, small
from components.ui.links import choice
from components.ui.live import current, engine, learner
from components.values import Frame

LOOKS = {
    "table": "All networks",
    "curve": "Error against amount",
    "rotation": "Is a rotation exact?",
    "predict": "Predict",
    "check": "Check yourself",
    "code": "Code",
}
ERROR = {"classify": "answers that change", "segment": "1 − IoU of both sides"}
HIGH = 330


def closer(asked: Asked, x: np.ndarray) -> None:
    """One of several things to look at."""
    look = choice("Look closer", LOOKS, "table", "symmetry_look")
    {"table": table, "curve": curve, "predict": predict, "check": check, "code": code}.get(
        look, lambda a: rotation(a, x)
    )(asked)  # fmt: skip


def trained(asked: Asked) -> Frame | None:
    """The weights of a network whose training here is over, by name."""
    run = current("symmetry", asked.study)
    if run is None:
        return None
    frames = engine("cpu").seen(run, learner())
    return weights_in(frames[-1]) if frames and frames[-1]["step"] == frames[-1]["steps"] else None


def errors(aim: str, averaged: bool) -> np.ndarray:
    """Recorded errors of every network under the actions of `CASES`, `(networks, actions)`."""
    return np.array([[1 - recorded_case(aim, n, averaged, *case[1:]).same[0] for case in CASES] for n in KINDS[aim]])


@lru_cache(maxsize=64)
def table_picture(asked: Asked, own: tuple[float, ...] | None, colours: str) -> Picture:
    """All networks and actions; `own` are the errors of the chosen network where it was trained here."""
    found, place = errors(asked.aim, asked.averaged), KINDS[asked.aim].index(asked.network)
    if own is not None:
        found[place] = own
    names = [NETWORKS[n] for n in KINDS[asked.aim]]
    figure = error_table(names, [c[0] for c in CASES], found, place, scale=SCALES[colours], height=HIGH)
    return picture(figure, "symmetry-table", height=HIGH, alt=f"{ERROR[asked.aim]} for every network and action")


def table(asked: Asked) -> None:
    """The table, with the row of a network trained here computed anew."""
    weights = trained(asked)
    own = None
    if weights is not None:
        name = digest(weights)
        cases = [measured(asked._replace(action=action, amount=amount), name, weights) for _, action, amount in CASES]
        own = tuple(1 - case.same[0] for case in cases)
    title = ERROR[asked.aim][:1].upper() + ERROR[asked.aim][1:]
    st.markdown(f"**{title}, in %**{', averaged over turns and mirror images' if asked.averaged else ''}")
    chart(table_picture(asked, own, theme().name), "symmetry-table")
    where = "the framed row was measured on the network trained here, the others are recorded" if own else "recorded"
    st.caption(
        f"Mean over {COUNT[asked.aim]} held-out pictures; {where}. 0 is best. Augmented: trained on "
        + ("turned and flipped pictures." if asked.aim == "segment" else "moved digits (fully connected: only shifted ones).")
    )


@lru_cache(maxsize=64)
def curve_picture(asked: Asked, colours: str) -> Picture:
    """The error of every network against the amount of the action."""
    curves = []
    for name in KINDS[asked.aim]:
        cases = recorded_cases(asked.aim, name, asked.averaged, asked.action)
        curves.append((NETWORKS[name], np.array([1 - c.same[0] for c in cases]), np.array([c.same[1] for c in cases])))
    unit = "pixels to the right" if asked.action in ("shift", "paper") else "degrees"
    names = list(FLIPPED.values()) if asked.action == "flip" else None
    figure = error_curves(
        AMOUNTS[asked.action], curves, KINDS[asked.aim].index(asked.network), asked.amount,
        (f"{ACTIONS[asked.action]}{'' if names else f', {unit}'}", ERROR[asked.aim]), names=names,
        scale=SCALES[colours], height=HIGH,
    )  # fmt: skip
    return picture(figure, f"symmetry-curve-{asked.aim}-{asked.action}", height=HIGH, alt=f"{ERROR[asked.aim]} against amount")


def curve(asked: Asked) -> None:
    """The curves."""
    chart(curve_picture(asked, theme().name), "symmetry-curve")
    st.caption("Recorded; bars are standard errors over held-out pictures. The dotted line is the amount chosen above.")


def rotation(asked: Asked, x: np.ndarray) -> None:
    """A picture turned and turned back is not the picture: pixels fall between pixels."""
    angle = asked.amount if asked.action in ("angle", "turn") else 30
    moved = rotate(x, angle, PAPER[asked.aim])
    back = rotate(moved, -angle, PAPER[asked.aim])
    inside = rotate(rotate(np.ones((*x.shape[:2], 1)), angle), -angle) > 0.999  # no paper has come in
    lost = ((back - x) * inside).mean(-1)
    drawn = [x, moved, back, tint(lost, theme().diverging, -1, 1)]
    figure = there_and_back(drawn, ["x", f"turned {angle}°", "turned back", "back − x"], scale=theme())
    chart(figure, "symmetry-rotation", height=240, alt=f"Turned and turned back differs by up to {np.abs(lost).max():.2f}")
    st.markdown(
        f"Turned by {angle}° and back, a pixel differs by up to **{small(float(np.abs(lost).max()))}**. At any angle but quarter "
        "turns, pixels fall between pixels and are mixed from four neighbours; so even a perfect network shows an error there."
    )


def predict(asked: Asked) -> None:
    """A guess that surprises, beside what was measured."""
    network = "usual"
    one, four = (recorded_case(asked.aim, network, False, "shift", t) for t in (1, 4))
    guess = st.segmented_control(
        "**Predict first.** The network halves the picture twice. On a torus, which shift disturbs it more: 1 pixel or 4?",
        ["1 pixel", "4 pixels", "both the same"], key=f"symmetry-guess-{asked.aim}",
    )  # fmt: skip
    if guess:
        st.markdown(
            f"You said **{guess}**. Measured, {ERROR[asked.aim]}: **{1 - one.same[0]:.1%}** at 1 pixel (largest difference "
            f"{small(one.apart[0])}), **{1 - four.same[0]:.1%}** at 4 pixels ({small(four.apart[0])}). Halving twice keeps every "
            "fourth place: a shift by 4 moves all of them on by one and loses nothing."
        )


def check(asked: Asked) -> None:
    """A question whose answer is found by moving the amount."""
    guess = st.segmented_control(
        "**Check yourself.** Choose *Shift, torus* and the network *halved twice*, and move the amount from 0 to 8. At which "
        "amounts are both sides equal?", ["only 0", "0, 2, 4, 6, 8", "0, 4, 8", "all"], key="symmetry-check",
    )  # fmt: skip
    if guess:
        cases = recorded_cases("segment", "usual", False, "shift")
        exact = [str(t) for t, c in zip(AMOUNTS["shift"], cases, strict=True) if c.apart[0] < EXACT]
        right = guess == ", ".join(exact)
        st.markdown(
            f"{'Right' if right else 'Look again'}: measured on {COUNT['segment']} pictures, both sides are equal at "
            f"**{', '.join(exact)}** pixels. Now choose *all places kept*: every amount is."
        )
