"""The controls of "Compose a model": two rows, and what changes less often in two popovers; every one is in the link."""

from contextlib import suppress
from typing import Any

import streamlit as st

from components.learn.composed_file import STEPS
from components.learn.composing import Recipe
from components.learn.materials import material, tasks
from components.models.composition import DEEP_SETS, DOMAINS, PRESETS, Composition
from components.ui.links import choice, device_choice, number, pick, select, switch, unseen
from components.ui.unified_compose_words import SHORT, headline, in_words, preset_of
from components.values import BadInput

FIRST = DEEP_SETS
PENDING = "compose-pending"
LOSS = {"entropy": "cross entropy", "squared": "squared error", "margin": "margin"}
OPTIMISER = {"adam": "Adam", "momentum": "SGD + momentum", "sgd": "plain SGD"}
TITLES = {
    "log P": "fat or water", "side": "side of the club", "mnist": "MNIST digit", "digit": "digit", "fashion": "Fashion-MNIST",
    "cifar10": "CIFAR-10",
}  # fmt: skip
MOST = 96
"""Elements of the longest observation."""


def settings(recipe: Recipe) -> dict[str, Any]:
    """The controls' values for a recipe."""
    c = recipe.composition
    words = {"represent": c.represent, "neighbours": c.neighbours, "mix": c.mix, "layers": str(c.layers), "pool": c.pool}
    words |= {"rate": f"{c.rate:g}", "kernel": str(c.kernel), "loss": c.loss, "optimiser": c.optimiser}
    words |= {"data": recipe.modality, "task": recipe.task, "size": str(recipe.size), "steps": str(recipe.steps)}
    found: dict[str, Any] = {f"c_{name}": value for name, value in words.items()}
    return found | {"c_width": c.width, "c_positions": c.positions, "c_skip": c.skip, "c_mark": 0, "c_obs": 1}


def take(recipe: Recipe) -> None:
    """Set all controls in the next run."""
    st.session_state[PENDING] = settings(recipe)


def controls() -> tuple[Recipe, int, int]:
    """The recipe, the number of the observation, and the marked element (-1: the one in the middle)."""
    for key, value in st.session_state.pop(PENDING, {}).items():
        st.session_state[key] = value
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="compose-row-data"):
        place = st.container(width="content")
        known = tasks()
        modality = select("Data", list(known), "c_data", 105, default="set", show=_title, chosen=_other_data)
        if st.session_state.get("c_task") not in known[modality] and "c_task" in st.session_state:
            st.session_state["c_task"] = known[modality][0]
        task = select("Question", known[modality], "c_task", 160, show=lambda t: TITLES.get(t, t))
        with st.popover("Training", icon=":material/tune:", key="compose-training", on_change="rerun") as training:
            trained = _training(modality, task, bool(training.open))
    composition, mark = _architecture(trained)
    with place:
        _presets(composition, modality)
    recipe = Recipe(composition, modality, task, trained["size"], trained["steps"])
    st.caption(headline(composition, modality))
    return recipe, trained["obs"] - 1, mark - 1


def _architecture(trained: dict[str, Any]) -> tuple[Composition, int]:
    """The second row: represent, neighbours, mix, layers, pool, and the rest in a popover."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="compose-row-model"):
        represent = select("Represent by", DOMAINS["represent"], "c_represent", 165, show=lambda v: in_words("represent", v))
        neighbours = select("then look at", DOMAINS["neighbours"], "c_neighbours", 140, show=lambda v: in_words("neighbours", v))
        mix = _mix(neighbours)
        layers = int(select("layers", [str(n) for n in DOMAINS["layers"]], "c_layers", 70, default=str(FIRST.layers)))
        pool = select("Pool all by", DOMAINS["pool"], "c_pool", 200, show=lambda v: in_words("pool", v))
        with st.popover("More", icon=":material/tune:", key="compose-more", on_change="rerun") as more:
            on = bool(more.open)
            width = pick("Numbers an element is represented by", DOMAINS["width"], FIRST.width, "c_width", shown=on)
            kernels = {str(k): str(k) for k in DOMAINS["kernel"]}
            kernel = int(choice("Elements of a window, along a side", kernels, "3", "c_kernel", shown=on))
            positions = switch("Every element is told where it is", False, "c_positions", shown=on)
            skip = switch("What it was is added to what it becomes", False, "c_skip", shown=on)
            mark = number("Marked element (0: the middle)", 0, MOST, 0, "c_mark", "Or click one in the picture.", shown=on)
    own = Composition(
        represent, neighbours, mix, kernel, layers, width, positions, skip, pool, trained["loss"], trained["optimiser"],
        trained["rate"],
    )  # fmt: skip
    return own, mark


def _mix(neighbours: str) -> str:
    """How neighbours are brought together; where an element looks at itself only, there is nothing to choose."""
    if neighbours != "self":
        return select("brought together by", DOMAINS["mix"], "c_mix", 180, show=lambda v: in_words("mix", v))
    st.selectbox("brought together by", ["nothing to mix"], key="compose-no-mix", width=180)
    return unseen("c_mix", FIRST.mix, lambda text: text if text in DOMAINS["mix"] else None)


def _training(modality: str, task: str, shown: bool) -> dict[str, Any]:
    """Loss, optimiser, rate, samples, steps, and which observation is drawn."""
    sizes = {"0": "all"}
    with suppress(BadInput):  # its data may not be here yet
        sizes |= {str(n): f"{n:,}" for n in material(modality, task).exercise.sizes[:-1]}
    rates = {f"{r:g}": f"{r:g}" for r in DOMAINS["rate"]}
    return {
        "loss": choice("Loss", LOSS, FIRST.loss, "c_loss", shown=shown),
        "optimiser": choice("Steps by", OPTIMISER, FIRST.optimiser, "c_optimiser", shown=shown),
        "rate": float(choice("Rate", rates, f"{FIRST.rate:g}", "c_rate", shown=shown)),
        "size": int(choice("Training samples", sizes, "0", "c_size", shown=shown)),
        "steps": int(choice("Steps", {str(n): str(n) for n in STEPS}, "300", "c_steps", shown=shown)),
        "device": device_choice(shown=shown),
        "obs": number("Observation that is drawn", 1, 24, 1, "c_obs", "One of the test.", shown=shown),
    }


def _presets(composition: Composition, modality: str) -> None:
    """The seven named models; a click sets every control."""
    st.session_state["compose-preset"] = preset_of(composition, modality)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", width="content"):
        st.segmented_control("Start from", list(SHORT), format_func=SHORT.__getitem__, key="compose-preset", on_change=_start)
        switch("same data", False, "c_stay", "A named model comes with its own data, unless this is on.")


def _start() -> None:
    """A preset was clicked: it takes its home data along, unless the data shall stay."""
    name = str(st.session_state.get("compose-preset"))
    if name not in PRESETS:
        return
    found, state = PRESETS[name], st.session_state
    here = state.get("c_stay") and "c_data" in state
    modality, task = (state["c_data"], state["c_task"]) if here else (found.modality, found.task)
    take(Recipe(found.composition, modality, task))


def _other_data() -> None:
    """Other data have other elements: the mark and the number of samples start anew."""
    for key in ("c_mark", "c_size", "c_obs"):
        st.session_state.pop(key, None)
        if key in st.query_params:
            del st.query_params[key]


def _title(modality: str) -> str:
    return {"vision": "pictures", "language": "texts", "audio": "sounds", "sensor": "sensors", "table": "tables"}.get(
        modality, f"{modality}s"
    )
