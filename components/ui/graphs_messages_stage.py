"""The stage of "Messages": the network beside the messages at one node, step by step; it plays."""

from typing import Any

import numpy as np
import streamlit as st

from components.figures.messages import Strip, reach_bars, strip_figure
from components.figures.neighbourhood import Scene, neighbourhood
from components.ui.chart import chart, remembered
from components.ui.graphs_messages_setting import GO, LAYERS, Network, Setting, distance
from components.ui.house import theme
from components.ui.player import buttons, keep, playing, position, tick
from components.ui.upload import plain

STEP, HIGH, LOW = "mstep", 384, 116
PHASES = ("speak", "message", "aggregate", "update")
HOW = {"mean": "their mean", "max": "the largest"}
KEPT = {"convolution": "bias b", "attention": "bias b", "isomorphism": "(1 + ε) × itself"}


@st.cache_resource(max_entries=12, show_spinner="The layers compute …")
def told_by(name: str, kind: str, depth: int, trained: bool, _network: Network) -> Any:
    """Every number of this network under this kind of layer, once for all who look at it; a `Told`."""
    from components.learn.messaging import halves, inputs, told
    from components.learn.messaging_file import recorded

    raw = _network.sample["raw"]
    features = inputs(_network.sample["elements"], _network.edges)[0]
    if not trained:
        return told(_network.edges, features, kind, depth)
    labels = raw["labels"].astype(np.int64)
    train = halves(str(raw["source"]), labels)[0]
    return told(_network.edges, features, kind, depth, labels, train, own=_network.own, kept=recorded(name, kind, depth))


def numbers(setting: Setting) -> Any:
    """Every number of the setting."""
    return told_by(setting.network.name, setting.kind, setting.hops, setting.trained, setting.network)


def place(step: int) -> tuple[int, str]:
    """The layer and the phase of a step; step 0 is before anybody spoke."""
    return (0, "start") if step == 0 else ((step - 1) // 4 + 1, PHASES[(step - 1) % 4])


def stage(setting: Setting) -> None:
    """The player and everything that changes with the step."""
    count, state = 1 + 4 * setting.hops, st.session_state
    if state.get("mstep-count", count) != count and state.get(STEP) == state["mstep-count"] - 1:
        state[STEP] = count - 1  # at the end with two layers: at the end with three
    state["mstep-count"] = count
    position(STEP, count, count - 1)
    runs = playing(STEP)

    @st.fragment(run_every=0.9 if runs else None)
    def region() -> None:
        if runs:
            tick(STEP, count)
        at = int(state[STEP])
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="messages-player"):
            buttons(STEP, at, count)
            st.markdown(words(setting, at))
        pictures(setting, at)
        keep(STEP, at, count - 1)

    region()


def words(setting: Setting, at: int) -> str:
    """What happens in this step, in one or two sentences."""
    layer, phase = place(at)
    network, i = setting.network, setting.node
    name = plain(str(network.sample["raw"]["names"][i]))
    speak = int((network.edges[1] == i).sum())
    if phase == "start":
        return f"**Start.** Every node knows its own features, and nobody else: **{name}** too."
    head = f"**Layer {layer}.** "
    if not speak:
        return head + f"Nobody speaks to **{name}**: no edge leads here. It has heard nobody and works with itself alone."
    if phase == "speak":
        late = "" if layer == 1 else f" By now each of them has heard others, up to {layer - 1} step{'s' * (layer > 2)} away."
        says = "itself, as it is" if setting.kind == "isomorphism" else "$x_jW$, the same map for all"
        return head + f"{speak:,} node{'s' * (speak != 1)} with an edge to **{name}** speak{'s' * (speak == 1)}: {says}.{late}"
    if phase == "message":
        return head + "Along each edge goes what was said, times the weight of the edge: " + weighing(setting) + "."
    if phase == "aggregate":
        how = {"mean": "the mean of all", "max": "the largest of each column"}.get(setting.kind, "the sum of all")
        return head + f"All messages become one: {how}. In another order it is the same."
    size = int(network.sizes[layer, i])
    head += f"**{name}** becomes relu({'MLP(all + own)' if setting.kind == 'isomorphism' else 'all + own'}). "
    return head + f"It has heard {told_of(size, network.n, '')}." + (verdict(setting) if layer == setting.hops else "")


def verdict(setting: Setting) -> str:
    """What kind of node the trained network takes it for, and what it is; nothing without training."""
    told, raw, i = numbers(setting), setting.network.sample["raw"], setting.node
    if told.p is None:
        return ""
    guess, names = int(told.p[i].argmax()), raw["label_names"]
    told_to = "" if i in told.tested else ", which it was told"
    return (
        f" Read off: **{plain(str(names[guess]))}** ({float(told.p[i, guess]):.0%}); "
        f"in truth {plain(str(names[raw['labels'][i]]))}{told_to}."
    )


def told_of(size: int, n: int, counted: str = ", itself counted") -> str:
    """How many of all nodes were heard, itself counted."""
    return f"**nobody but itself**, 1 of {n:,}" if size == 1 else f"**{size:,} of {n:,}** nodes{counted}"


def weighing(setting: Setting) -> str:
    """Where the weight comes from."""
    return {
        "convolution": "$1/\\sqrt{d_id_j}$, small where either has many links",
        "attention": "how much it attends, in all 1",
    }.get(setting.kind, "1 for every edge")


def scene(setting: Setting, at: int, source: np.ndarray, weight: np.ndarray) -> Scene:
    """What the picture of the network needs."""
    network, (layer, phase) = setting.network, place(at)
    raw = network.sample["raw"]
    return Scene(
        raw["positions"], raw["names"], network.edges, raw.get("letters"), raw.get("orders"), network.plain,
        distance(network, setting.node), setting.node, layer, phase, source, weight,
    )  # fmt: skip


def strip(setting: Setting, at: int) -> Strip:
    """The rows at this node in this layer."""
    from components.learn.messaging import at_node

    layer, phase = place(at)
    here = at_node(numbers(setting).layers[max(0, layer - 1)], setting.node, setting.kind)
    names = setting.network.sample["raw"]["names"][here["source"]]
    titles = ["itself" if j == setting.node else str(name) for j, name in zip(here["source"], names, strict=True)]
    how = HOW.get(setting.kind, "their sum")
    return Strip(
        titles, here["source"], here["weight"], here["said"], here["message"],
        setting.network.sizes[max(0, layer - 1), here["source"]], here["heard"], here["own"], here["state"], here["before"],
        how, KEPT.get(setting.kind, "its own map"), phase,
    )  # fmt: skip


def clicked(setting: Setting, point: dict[str, Any] | None) -> None:
    """Go to the node clicked, in the network or in the rows."""
    text = "" if point is None else str(point.get("customdata"))
    if text.startswith("n") and text[1:].isdecimal() and int(text[1:]) != setting.node:
        st.session_state[GO] = int(text[1:])
        st.rerun()


def pictures(setting: Setting, at: int) -> None:
    """The network, and on its right the rows and the bars."""
    colours, network, i = theme(), setting.network, setting.node
    layer = place(at)[0]
    rows = strip(setting, at)
    facts = (network.name, i, setting.hops, setting.kind, setting.trained, at, colours.name)
    size = int(network.sizes[layer, i])
    left, right = st.columns([0.5, 0.5], gap="small")
    with left:
        made = remembered(
            facts,
            lambda: neighbourhood(scene(setting, at, rows.nodes, rows.weight), scale=colours, height=HIGH, name=network.name),
            "messages-network", height=HIGH, click=True,
            alt=f"The network; after {layer} layers the chosen node has heard {size} of {network.n} nodes",
        )  # fmt: skip
        clicked(setting, chart(made, "messages-network"))
    with right:
        high = HIGH - LOW - 16
        alt = f"{len(rows.nodes)} messages to the chosen node in layer {max(1, layer)}, what they add up to, what it becomes"
        made = remembered(
            facts, lambda: strip_figure(rows, scale=colours, height=high), "messages-strip", height=high, click=True, alt=alt
        )  # fmt: skip
        clicked(setting, chart(made, "messages-strip"))
        heard, typical = network.sizes[1 : setting.hops + 1, i], np.median(network.sizes[1 : setting.hops + 1], axis=1)
        bars = reach_bars(heard, typical, network.n, layer, scale=colours, height=LOW)
        chart(bars, "messages-reach", height=LOW, alt=f"Nodes heard after each layer: {', '.join(map(str, heard))}")


def readouts(setting: Setting) -> None:
    """How many are heard, who speaks, what one layer has to learn, and what training came to."""
    network, i, told = setting.network, setting.node, numbers(setting)
    n, k, sizes = network.n, setting.hops, network.sizes
    row = st.container(horizontal=True, gap="medium")
    growth = " → ".join(f"{s:,}" for s in sizes[: k + 1, i])
    row.metric(
        f"Heard after {k} layer{'s' * (k > 1)}", f"{sizes[k, i]:,} of {n:,}",
        help=f"Nodes from which at most {k} messages in a row lead here, itself counted: {growth}.",
    )  # fmt: skip
    speak = int(((network.edges[1] == i) & (network.edges[0] != i)).sum())
    row.metric(
        "Speak to it", f"{speak:,}", help=f"Edges that lead to this node from another one; in the whole network "
        f"{network.edges.shape[1]:,} messages go in each layer."
    )  # fmt: skip
    each = ", ".join(f"layer {j + 1}: {w:,}" for j, w in enumerate(told.weights))
    row.metric(
        "Weights, shared by all nodes", f"{sum(told.weights):,}",
        help=f"{each}. They do not grow with the {n:,} nodes; with maps of their own it would be {n:,} times as many.",
    )  # fmt: skip
    if told.p is not None:
        trained_readout(setting, row, told)


def trained_readout(setting: Setting, row: Any, told: Any) -> None:
    """Accuracy on the nodes it was not told about, beside always answering the commonest kind."""
    labels = setting.network.sample["raw"]["labels"]
    known = np.setdiff1d(np.arange(len(labels)), told.tested)
    right = told.p[told.tested].argmax(1) == labels[told.tested]
    common = (labels[told.tested] == np.bincount(labels[known]).argmax()).mean()
    m = len(right)
    error = float(np.sqrt(right.mean() * (1 - right.mean()) / m))
    row.metric(
        "Right on nodes not told", f"{right.mean():.0%} ± {error:.0%}", f"commonest kind: {common:.0%}",
        delta_color="off", delta_arrow="off",
        help=f"{int(right.sum())} of {m} nodes whose {setting.network.sample['raw']['label_name']} was not told; "
        f"± is the standard error √(p (1 − p) / {m}). One training run.",
    )  # fmt: skip


def about(setting: Setting) -> str:
    """Where the numbers come from."""
    from components.learn.messaging import GROUPS, STEPS, inputs
    from components.learn.messaging_file import facts, recorded

    network, raw = setting.network, setting.network.sample["raw"]
    if setting.trained:
        half = len(raw["labels"]) - len(numbers(setting).tested)
        x = "its own features" if network.own else "a vector of 5 numbers for each node, learnt too"
        kept, when = recorded(network.name, setting.kind, setting.hops), facts()
        where = "here just now" if kept is None else f"and recorded {when['date']} on {when['machine']}, PyTorch {when['torch']}"
        weights = f"trained {where}, {STEPS} steps, on {half} nodes, to tell the {raw['label_name']}; x is {x}"
    else:
        names = inputs(network.sample["elements"], network.edges)[1]
        of_own = "the kind of atom" if "letters" in raw else f"its own {network.sample['elements'].shape[1]} features"
        x = f"its links: {', '.join(names[: len(names) - len(GROUPS)])}, and which of {len(GROUPS)} groups" if names else of_own
        seed = numbers(setting).seed
        weights = f"random, not trained (start number {seed}, which leaves some numbers above 0); x is {x}"
    return f"{LAYERS[setting.kind]}, weights {plain(weights)}. {plain(network.sample['about'])}."
