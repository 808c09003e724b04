"""Under the stage of "Messages": a guess, a question, and the code that ran."""

import numpy as np
import streamlit as st

from components.ui.code import bundle, gather, show_code
from components.ui.graphs_messages_setting import Setting, distance
from components.ui.graphs_messages_stage import numbers, told_of
from components.ui.links import choice
from components.ui.upload import plain

LOOKS = {"guess": "Predict", "check": "Check yourself", "code": "The code that ran"}
GUESSES = {"1": "1", "2": "2", "3": "3", "4": "4 or 5", "6": "6 or more", "never": "never"}


def below(setting: Setting) -> None:
    """One of three, as the learner likes."""
    look = choice("Look closer", LOOKS, "guess", "mlook")
    {"guess": guess, "check": check, "code": code}[look](setting)


def needed(setting: Setting) -> tuple[str, int, int]:
    """The right option, layers until the last node it can hear at all, and how many it can never hear."""
    far = distance(setting.network, setting.node)
    missing, deep = int((far < 0).sum()), int(far.max())
    answer = "never" if missing else str(max(1, deep)) if deep < 4 else "4" if deep < 6 else "6"
    return answer, deep, missing


def guess(setting: Setting) -> None:
    """How many layers until everybody is heard, guessed and then counted."""
    network, name = setting.network, plain(str(setting.network.sample["raw"]["names"][setting.node]))
    told = st.pills(
        f"**How many layers until {name} has heard all {network.n:,} nodes?**", list(GUESSES), format_func=GUESSES.__getitem__,
        key=f"messages-guess-{network.name}-{setting.node}",
    )  # fmt: skip
    if told is None:
        return
    answer, deep, missing = needed(setting)
    if missing:
        why = "edges have a direction" if bool(network.sample["raw"]["directed"]) else "there is no path"
        fact = f"From {missing:,} of {network.n:,} nodes no message ever arrives, however many layers: {why}."
    else:
        fact = f"The farthest node is {deep} step{'s' * (deep != 1)} away, so {deep} layer{'s' * (deep != 1)} it takes."
    wide = f" After {setting.hops} it has heard {told_of(int(network.sizes[setting.hops, setting.node]), network.n)}."
    (st.success if told == answer else st.warning)(("Yes. " if told == answer else "No. ") + fact + wide)


def check(setting: Setting) -> None:
    """A question that clicking answers."""
    network, k = setting.network, setting.hops
    sizes = network.sizes[2]
    few = int((2 * sizes < network.n).sum())
    st.markdown(
        "**Find a node that two layers leave with less than half of the network heard. What do such nodes have in common?** "
        "Set Layers to 2 and click."
    )
    if not few:
        st.info(f"In this network there is none: two layers reach half of the {network.n:,} nodes from everywhere. Take another.")
    elif k == 2 and 2 * sizes[setting.node] < network.n:
        st.success(
            f"Here it is: {told_of(int(sizes[setting.node]), network.n)}. It lies far from the busy nodes, or few edges "
            f"lead to it: what a layer reaches is counted in edges, not in nodes. There are {few:,} such nodes here."
        )
    else:
        st.info(f"Now {k} layer{'s' * (k > 1)}, and {told_of(int(network.sizes[k, setting.node]), network.n)}.")


def code(setting: Setting) -> None:
    """The layer, and one file that gives the numbers on the screen."""
    from components.measure import hops
    from components.models.graph_layers import LAYERS as KINDS
    from components.models.graph_layers import GraphLayer

    st.markdown(
        f"Shapes: x ({setting.network.n:,}, {numbers(setting).start.shape[1]}), edges (2, {setting.network.edges.shape[1]:,}), "
        f"{setting.hops} × {setting.kind}, h ({setting.network.n:,}, 5)."
    )
    show_code(source(setting), "messages.py", focus=[GraphLayer.steps, KINDS[setting.kind], hops.heard])


MAIN = """
edges = np.array({edges})
features = np.array({features}, np.float32)
labels, train = {learnt}
node = {node}
found = told(edges, features, {kind!r}, {depth}, labels, train, own={own})
np.set_printoptions(precision=2, suppress=True)
for k, layer in enumerate(found.layers):
    here = at_node(layer, node)
    print("layer", k + 1)
    for j, w, m in list(zip(here["source"], here["weight"], here["message"]))[:7]:
        print("  from", j, "weight", round(float(w), 2), "message", m)
    print("  heard", here["heard"], "becomes", here["state"])
print("heard after each layer:", heard(edges, len(features), {depth})[:, node].tolist(), "of", len(features))
"""


def source(setting: Setting) -> str:
    """The file with the network, the node and the layer on the screen."""
    from components.learn.messaging import halves, inputs

    network, learnt = setting.network, "None, None"
    features = inputs(network.sample["elements"], network.edges)[0]
    if setting.trained:
        labels = network.sample["raw"]["labels"]
        train = halves(str(network.sample["raw"]["source"]), labels)[0]
        learnt = f"np.array({labels.tolist()}), np.array({train.tolist()})"
    main = MAIN.format(
        edges=network.edges.tolist(), features=np.round(features, 6).tolist(), learnt=learnt, node=setting.node,
        kind=setting.kind, depth=setting.hops, own=network.own,
    )  # fmt: skip
    about = "Messages that arrive at one node of a graph, layer by layer, with all numbers. Needs torch and numpy."
    return bundle(gather(["measure.hops", "learn.messaging"]), main, about)
