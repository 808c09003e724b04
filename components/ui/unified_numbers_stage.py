"""The stage of "Forward, backward, step": the player, all blocks, the sum written out, and two derivatives compared."""

from functools import partial
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from components.figures.scale import SCALES
from components.figures.unfolded import Cell, Shown, unfolded
from components.figures.unfolded_curve import unfolded_curve
from components.learn import written
from components.learn.tiny_samples import Tiny, tiny
from components.learn.unfolding import NUDGE, STEPS, Act, Moment, acts, descent, nudged
from components.ui.chart import chart, remembered
from components.ui.house import theme
from components.ui.links import went_back
from components.ui.player import buttons, keep, playing, position, tick
from components.ui.unified_numbers_words import BACK, OF_WEIGHTS, SAID, note

NAME, POLL, CURVE = "numat", 0.2, 200
WIDE = "<style>@media (max-width: 900px) {.st-key-num-stage {overflow-x: auto} .st-key-num-stage > div {min-width: 1000px}}</style>"
PHASES = {"forward": "Forward", "loss": "Loss", "backward": "Backward", "update": "Step"}


class Asked(NamedTuple):
    """What the controls say."""

    sample: str
    kind: str
    rate: float
    turns: bool
    pace: str

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All steps."""
        from components.learn.device import settle

        settle()
        return descent(self.kind, self.sample, self.rate, self.turns)

    @property
    def acts(self) -> tuple[Act, ...]:
        """One step of descent, as the player goes through it."""
        first = self.moments[0]
        return acts(self.kind, tuple(first.blocks), tuple(first.weights), self.pace)


def stage(asked: Asked) -> None:
    """The player and everything that moves with it."""
    cycle = len(asked.acts)
    count = cycle * (STEPS + 1)
    kept_step(asked, cycle)
    position(NAME, count)
    st.html(WIDE)

    @st.fragment(run_every=POLL if playing(NAME) else None)
    def region() -> None:
        tick(NAME, count)
        at = position(NAME, count)
        keep(NAME, at)
        t, act = at // cycle, asked.acts[at % cycle]
        moment = asked.moments[t]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            buttons(NAME, at, count)
            st.button(
                "Next sample", icon=":material/fast_forward:", key="num-next", on_click=leap, args=(at, cycle, count),
                disabled=t >= STEPS, help="One whole step of descent further.",
            )  # fmt: skip
            st.markdown(said(asked, t, act))
        blocks_of(asked, at, cycle, moment)
        numbers(asked, t, act, moment)

    region()


def kept_step(asked: Asked, cycle: int) -> None:
    """Another pace, or another model with more blocks, keeps the step of descent."""
    state = st.session_state
    before = state.get("num-cycle", cycle)
    if before != cycle and NAME in state and not went_back():
        state[NAME] = int(state[NAME]) // before * cycle
    state["num-cycle"] = cycle


def leap(at: int, cycle: int, count: int) -> None:
    """The same place one step of descent later."""
    st.session_state[NAME] = min(count - 1, at + cycle)
    st.session_state[f"{NAME}-playing"] = False


def said(asked: Asked, t: int, act: Act) -> str:
    """Where the player stands, in words."""
    what = f"**{act.blocks[0]}**"
    weights = act.blocks[0] in asked.moments[0].weights
    if act.phase == "update":
        rest = f"every weight moves against its gradient: W ← W − {asked.rate:g} · ∂L/∂W"
    elif len(act.blocks) > 3 and act.phase == "backward":
        rest = "the gradient of the loss with respect to every block and weight"
    elif len(act.blocks) > 3:
        rest = "represent, aggregate, answer"
    elif act.phase == "backward":
        rest = f"{', '.join(f'**{b}**' for b in act.blocks)}: {OF_WEIGHTS}" if weights else f"{what}: {BACK[act.blocks[0]]}"
    else:
        rest = f"{what}: {SAID[act.blocks[0]]}"
        if asked.kind == "rnn" and act.blocks[0] == "H":
            rest = f"{what}: represent, each row with the memory of the row before"
    return f"step {t} of {STEPS} · **{PHASES[act.phase]}** · {rest}"


def chosen(asked: Asked) -> Cell:
    """The cell in the address, else the weight W that matters most at first."""
    first = asked.moments[0]
    parts = st.query_params.get("numcell", "").split(":")
    known = first.blocks | first.weights
    if len(parts) == 3 and parts[0] in known and parts[1].isdecimal() and parts[2].isdecimal():
        i, j = int(parts[1][:4]), int(parts[2][:4])
        if i < known[parts[0]].shape[0] and j < known[parts[0]].shape[1]:
            return parts[0], i, j
    i, j = np.unravel_index(int(np.abs(first.slopes["W"]).argmax()), first.slopes["W"].shape)
    return "W", int(i), int(j)


def pointed(asked: Asked, act: Act, moment: Moment) -> Cell:
    """The cell written out now: the chosen one, or one of the block the player is at."""
    cell = chosen(asked)
    if cell[0] in act.blocks or len(act.blocks) > 3 or asked.pace == "steps":
        return cell
    name = act.blocks[0]
    table = moment.slopes[name] if act.phase == "backward" else (moment.blocks | moment.weights)[name]
    i, j = np.unravel_index(int(np.abs(table).argmax()), table.shape)
    return name, int(i), int(j)


def shown(asked: Asked, at: int, cycle: int) -> dict[str, Shown]:
    """Every block as it stands at this place of the player."""
    t, a = at // cycle, at % cycle
    moment, sample = asked.moments[t], tiny(asked.sample)[asked.moments[t].which]
    done = asked.acts[: a + 1]
    phase = done[-1].phase
    forward = {b for act in done if act.phase in ("forward", "loss") for b in act.blocks}
    back = {b for act in done if act.phase == "backward" for b in act.blocks} if phase == "backward" else set()
    forward = set(moment.blocks) if asked.pace == "steps" or phase in ("backward", "update") else forward
    found = {}
    for name in (*moment.blocks, *moment.weights):
        weight = name in moment.weights
        values = moment.weights[name] if weight else moment.blocks[name]
        state = "gradient" if name in back else "value" if weight or name in forward else "empty"
        ways = partial(written.slope if state == "gradient" else written.value, asked.kind, sample, moment, name)
        if weight and phase == "update":
            values, ways = moment.after[name], partial(written.update, moment, name, rate=asked.rate)
        hover = [
            f"<b>{'∂L/∂' if state == 'gradient' else ''}{written.name_of(sample, asked.kind, name, i, j)}</b><br>{wrapped(ways(i=i, j=j))}"
            for i, j in np.ndindex(*values.shape)
        ]
        small = ("new" if phase == "update" else "") if weight else note(asked.kind, name, sample)
        found[name] = Shown(moment.slopes[name] if state == "gradient" else values, state, small, hover)
    return found


def wrapped(text: str, most: int = 60) -> str:
    """A sum over several lines."""
    import html
    import textwrap

    return "<br>".join(html.escape(line) for line in textwrap.wrap(text, most))


def blocks_of(asked: Asked, at: int, cycle: int, moment: Moment) -> None:
    """The picture of all blocks; a click chooses a cell."""
    act, colours = asked.acts[at % cycle], theme().name
    cell, truth = pointed(asked, act, moment), tiny(asked.sample)[moment.which]
    rows = max(len(moment.blocks[n]) for n in moment.blocks) + 4.4 + max(6 if "U" in moment.weights else 0, len(moment.weights["W"]))
    height = int(np.clip(rows * 27, 330, 430))

    def draw() -> go.Figure:
        active = () if asked.pace == "steps" else act.blocks
        blocks, name = shown(asked, at, cycle), truth.classes[truth.truth]
        return unfolded(blocks, active, cell, name, act.phase == "backward", scale=SCALES[colours], height=height)

    with st.container(key="num-stage"):
        alt = f"{act.phase}: {', '.join(act.blocks)}"
        ready = remembered((asked, at, cell, colours), draw, "unfolded", height=height, click=True, alt=alt)
        clicked = chart(ready, "unfolded")
    if clicked and str(clicked.get("customdata", "")).count(":") == 2:
        st.query_params["numcell"] = str(clicked["customdata"])
        st.rerun()


def numbers(asked: Asked, t: int, act: Act, moment: Moment) -> None:
    """The sum of one cell, the derivative twice, and the loss so far."""
    sample, cell = tiny(asked.sample)[moment.which], pointed(asked, act, moment)
    left, right = st.columns([0.64, 0.36], gap="medium")
    with left:
        st.markdown(sentence(asked, act, moment, sample, cell))
        derivatives(asked, moment, sample)
    with right:
        losses = np.array([m.losses for m in asked.moments])
        colours, names = theme().name, tiny(asked.sample)[0].classes
        ready = remembered(
            (asked[:4], t, colours), lambda: unfolded_curve(losses, t, names, scale=SCALES[colours], height=CURVE), "unfolded-curve",
            height=CURVE, alt=f"The mean loss goes from {losses[0].mean():.3f} to {losses[-1].mean():.3f} in {STEPS} steps",
        )  # fmt: skip
        chart(ready, "unfolded-curve")


def sentence(asked: Asked, act: Act, moment: Moment, sample: Tiny, cell: Cell) -> str:
    """One cell, its sum with its numbers."""
    name, i, j = cell
    label = written.name_of(sample, asked.kind, name, i, j)
    if act.phase == "update" and name in moment.weights:
        return f"**{label}**: {written.update(moment, name, i, j, asked.rate)}"
    if act.phase == "backward" and name in act.blocks:
        return f"**∂L/∂{label}**: {written.slope(asked.kind, sample, moment, name, i, j)}"
    return f"**{label}**: {written.value(asked.kind, sample, moment, name, i, j)}"


def derivatives(asked: Asked, moment: Moment, sample: Tiny) -> None:
    """Loss before and after; the gradient of one weight by the way back and by nudging it."""
    cell = chosen(asked)
    if cell[0] not in moment.weights:
        i, j = np.unravel_index(int(np.abs(moment.slopes["W"]).argmax()), moment.slopes["W"].shape)
        cell = "W", int(i), int(j)
    exact = float(moment.slopes[cell[0]][cell[1], cell[2]])
    more, less = nudged(asked.kind, sample, moment.weights, cell)
    by_hand, (before, after) = (more - less) / (2 * NUDGE), (moment.losses[moment.which], moment.losses_after[moment.which])
    label, row = f"{cell[0]}, row {cell[1] + 1}, column {cell[2] + 1}", st.container(horizontal=True, gap="medium")
    row.metric(
        "Loss, then after the step", f"{before:.3f} → {after:.3f}",
        help=f"−log q[{sample.classes[sample.truth]}], before and after this step on this sample. Of the other sample: "
        f"{moment.losses[1 - moment.which]:.3f} → {moment.losses_after[1 - moment.which]:.3f}.",
    )  # fmt: skip
    row.metric(f"Gradient of {label}", f"{exact:.8f}", help="By going back block by block (automatic differentiation, 64 bits).")
    row.metric(
        "The same by nudging it", f"{by_hand:.8f}",
        help=f"(L(w + ε) − L(w − ε)) / 2ε = ({more:.10f} − {less:.10f}) / {2 * NUDGE:g}. Click any weight to choose it.",
    )  # fmt: skip
    row.metric("They differ by", f"{abs(exact - by_hand):.0e}", help="Rounding and the curve of the loss within ε = 0.00001.")


