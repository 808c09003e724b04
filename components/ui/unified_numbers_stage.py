"""The stage of "Forward, backward, step": the player, all blocks, the sum written out, and two derivatives compared."""

from functools import partial

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from components.figures.scale import SCALES
from components.figures.unfolded import Shown, unfolded
from components.learn import written
from components.learn.tiny_samples import tiny
from components.learn.unfolding import STEPS, Act, Moment
from components.ui.chart import chart, remembered
from components.ui.house import theme
from components.ui.links import went_back
from components.ui.player import buttons, keep, playing, position, tick
from components.ui.unified_numbers_asked import Asked, pointed
from components.ui.unified_numbers_sums import numbers
from components.ui.unified_numbers_words import BACK, OF_WEIGHTS, SAID, note

NAME, POLL = "numat", 0.2
WIDE = (
    "<style>@media (max-width: 900px) {.st-key-num-stage {overflow-x: auto} .st-key-num-stage > div {min-width: 1000px}}</style>"
)
PHASES = {"forward": "Forward", "loss": "Loss", "backward": "Backward", "update": "Step"}


def stage(asked: Asked) -> None:
    """The player and everything that moves with it."""
    cycle = len(asked.acts)
    count = cycle * (STEPS + 1)
    kept_step(asked, cycle)
    first = next(i for i, act in enumerate(asked.acts) if act.phase == "loss")  # opens with the way forward complete
    position(NAME, count, first)
    st.html(WIDE)

    @st.fragment(run_every=POLL if playing(NAME) else None)
    def region() -> None:
        tick(NAME, count)
        at = position(NAME, count)
        keep(NAME, at, first)
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
        numbers(asked, at, act, moment)

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
    shut = asked.kind != "rnn" and not asked.moments[t].blocks["H"].any()
    dead = " **Every unit of H is shut: nothing gets through, no gradient comes back.**" if shut else ""
    if asked.pace == "steps":
        return f"step {t} of {STEPS} · every number before this step.{dead}"
    return f"step {t} of {STEPS} · **{PHASES[act.phase]}** · {rest}.{dead}"


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
        head = "∂L/∂" if state == "gradient" else ""
        names = [f"<b>{head}{written.name_of(sample, asked.kind, name, i, j)}</b><br>" for i, j in np.ndindex(*values.shape)]
        hover = [n + wrapped(ways(i=i, j=j)) for n, (i, j) in zip(names, np.ndindex(*values.shape), strict=True)]
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
    cell, truth = pointed(asked, at, act, moment), tiny(asked.sample)[moment.which]
    rows = (
        max(len(moment.blocks[n]) for n in moment.blocks) + 4.4 + max(6 if "U" in moment.weights else 0, len(moment.weights["W"]))
    )
    height = int(np.clip(rows * 19.5, 290, 390))

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
        st.session_state["num-clicked"] = at
        st.rerun()
