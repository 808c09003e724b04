"""Which filter: one with a name, one a network has learnt, or numbers of the learner's own in a small table."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from components.measure.kernels import LINES, PLANES, accepted, read_weights, write_weights
from components.ui.links import choice, select, went_back
from components.values import BadInput

RECORDED = Path(__file__).parents[2] / "pretrained" / "weights" / "filters.npz"
OWN, LEARNED, SIZE = "own", "learned", 5
DEFAULT = "edge_vertical"


class Learned(NamedTuple):
    """The first layer of a network that was trained here."""

    weight: np.ndarray  # (8, 5, 5)
    bias: np.ndarray  # (8,)
    accuracy: float
    about: dict[str, Any]


class Chosen(NamedTuple):
    """The filter in use."""

    name: str
    title: str
    reason: str
    weight: np.ndarray  # (k,) or (k, k)
    bias: float


@cache
def learned() -> Learned:
    """The recorded filters, see `pretrained/build/filters.py`."""
    with np.load(RECORDED, allow_pickle=False) as file:
        weight, bias = file["weight"].astype(np.float64), file["bias"].astype(np.float64)
        return Learned(weight, bias, float(file["accuracy"]), json.loads(str(file["about"])))


def titles(dim: int) -> dict[str, str]:
    """Names of all filters to choose from, and how they are shown."""
    found = {name: kernel.title for name, kernel in (LINES if dim == 1 else PLANES).items()}
    if dim == 2:
        found |= {f"{LEARNED}-{i + 1}": f"Learned {i + 1}" for i in range(len(learned().weight))}
    return found | {OWN: "Your own"}


def named(name: str, dim: int, k: int) -> Chosen:
    """A filter by its name; what is unknown is the default."""
    known = LINES if dim == 1 else PLANES
    if dim == 2 and name.startswith(LEARNED):
        all_, i = learned(), int(name.rpartition("-")[2]) - 1
        reason = (
            f"Filter {i + 1} of {len(all_.weight)} in the first layer of a network that reads MNIST's digits "
            f"({all_.accuracy:.1%} right on {1000:,} new ones). Recorded {all_.about['date']} on {all_.about['machine']}."
        )
        return Chosen(name, f"Learned {i + 1}", reason, np.round(all_.weight[i], 3), round(float(all_.bias[i]), 3))
    kernel = known.get(name) or known[DEFAULT]
    return Chosen(name if name in known else DEFAULT, kernel.title, kernel.reason, np.asarray(kernel.make(k), float), 0.0)


def own_weights(dim: int, k: int) -> Chosen:
    """The learner's numbers, from the table or the address; without any of this shape, those of the default."""
    if "fcells" not in st.session_state or went_back():
        st.session_state["fcells"] = st.query_params.get("fcells", "")
    found = read_weights(str(st.session_state["fcells"]))
    start = named(DEFAULT, dim, k)
    weight, bias = found if found is not None and found[0].shape == (k,) * dim else (start.weight, start.bias)
    return Chosen(OWN, "Your own", "Your numbers. They are in the address: the link shows them to others.", weight, bias)


def choose(dim: int) -> Chosen:
    """The controls of the filter: its name and its size."""
    options = titles(dim)
    name = select("Filter", list(options), "fkernel", 165, default=DEFAULT, show=options.__getitem__)
    if name.startswith(LEARNED):
        k = int(choice("Size", {"5": "5 × 5"}, "5", "fsize", "The learned filters are 5 × 5."))
    else:
        sizes = {str(k): f"{k}" if dim == 1 else f"{k} × {k}" for k in (3, 5)}
        k = int(choice("Size", sizes, "3", "fsize", "Cells of the window."))
    chosen = own_weights(dim, k) if name == OWN else named(name, dim, k)
    if name == OWN:
        st.query_params["fcells"] = write_weights(chosen.weight, chosen.bias)
    elif "fcells" in st.query_params:
        del st.query_params["fcells"]
    return chosen


def edit(chosen: Chosen) -> None:
    """The table, in a popover over the input, so that filter and output stay in sight."""
    popover = st.popover("Edit the filter", icon=":material/edit:", key="filter-edit", on_change="rerun")
    if popover.open:
        with popover:
            table(chosen)


def held() -> tuple[np.ndarray, float] | None:
    """What the table shows now: where it began, and what was typed since.

    Raises:
        BadInput: something typed is not a weight.
    """
    state = st.session_state.get("filter-table")
    if state is None:
        return None
    weight = np.array(state["weight"], float)
    rows = np.atleast_2d(weight).copy()
    typed = st.session_state.get(f"filter-cells-{state['version']}", {}).get("edited_rows", {})
    for row, change in typed.items():
        for column, value in change.items():
            rows[int(row), int(str(column).lstrip("w")) - 1] = accepted([value])[0]
    bias = accepted([st.session_state.get(f"filter-bias-{state['version']}", state["bias"])])[0]
    return rows.reshape(weight.shape), bias


def changed() -> None:
    """Take what was typed; a number that cannot be one is left out, and said."""
    try:
        found = held()
    except BadInput as error:
        st.session_state["filter-refused"] = str(error)
        st.session_state["filter-table"] = None
        return
    if found is not None:
        st.session_state["fcells"] = write_weights(*found)
        st.session_state["fkernel"] = OWN


def table(chosen: Chosen) -> None:
    """The weights as a table that can be typed into; it begins anew when another filter is chosen, and else stays in place."""
    try:
        now = held()
    except BadInput:
        now = None
    written = write_weights(chosen.weight, chosen.bias)
    if now is None or now[0].shape != chosen.weight.shape or write_weights(*now) != written:
        version = st.session_state.get("filter-version", 0) + 1
        st.session_state["filter-version"] = version
        begun = {"weight": chosen.weight.tolist(), "bias": chosen.bias, "version": version}
        st.session_state["filter-table"] = begun
    state = st.session_state["filter-table"]
    rows = np.atleast_2d(np.array(state["weight"], float))
    columns = [f"w{j + 1}" for j in range(rows.shape[1])]
    config = {name: st.column_config.NumberColumn(name, format="%.3g", width=52) for name in columns}
    st.data_editor(
        pd.DataFrame(rows, columns=columns),
        key=f"filter-cells-{state['version']}",
        on_change=changed,
        hide_index=True,
        column_config=config,
        alt="The filter's weights",
    )
    st.number_input(
        "Bias b", value=float(state["bias"]), step=0.1, key=f"filter-bias-{state['version']}", on_change=changed, width=140
    )
    refused = st.session_state.pop("filter-refused", None)
    if refused:
        st.warning(refused, icon=":material/error:")
    else:
        st.caption("Type any numbers from −99 to 99.")
