"""What the view "Messages" looks at: a bundled network or the learner's own, one of its nodes, and a kind of layer."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.catalogue import discover
from components.measure.hops import arriving, heard, hops
from components.ui.digest import digest
from components.ui.links import choice, select, switch
from components.ui.upload import let_go, refused, uploaded
from components.values import Sample

NETS = {
    "karate": "Karate club",
    "miserables": "Les Misérables",
    "davis": "Women and events",
    "florentine": "Families of Florence",
    "airports": "US airports",
    "wikipedia": "Wikipedia articles",
    "painters": "Painters",
    "geant": "Géant, 2012",
    "arpanet": "Arpanet, 1972",
    "worm": "A worm's neurons",
    "countries": "Countries",
    "caffeine": "Caffeine",
    "aspirin": "Aspirin",
    "mutagen": "A mutagen",
    "harmless": "A harmless molecule",
}
LAYERS = {
    "convolution": "Convolution (GCN)",
    "mean": "Mean (GraphSAGE)",
    "sum": "Sum",
    "max": "Max",
    "attention": "Attention (GAT)",
    "isomorphism": "Isomorphism (GIN)",
}
MOST, FEW, LEARNT, GO = 3, 6, 400, "messages-go"
"""Layers; neighbours that all fit into the rows; nodes up to which weights are trained at once; where a click leaves its
node."""


class Network(NamedTuple):
    """A network made ready: everything that no click changes."""

    name: str
    sample: Sample
    edges: np.ndarray  # (2, m) as messages go
    plain: np.ndarray  # (2, m) as drawn
    sizes: np.ndarray  # (MOST + 1, n) nodes heard after so many layers, itself counted
    first: int  # the node looked at first: few neighbours, so that all fit into the rows, and many behind them

    @property
    def n(self) -> int:
        """Nodes."""
        return len(self.sample["elements"])

    @property
    def own(self) -> bool:
        """Whether its nodes have features of their own."""
        return self.sample["elements"].shape[1] > 1


class Setting(NamedTuple):
    """Everything the view shows depends on this, and on the step."""

    network: Network
    node: int
    hops: int
    kind: str
    trained: bool


def prepared(name: str, sample: Sample) -> Network:
    """The edges as messages go and as they are drawn, what every node hears, and who hears most at once."""
    directed, n = bool(sample["raw"]["directed"]), len(sample["elements"])
    edges = arriving(sample["edges"], directed)
    sizes = heard(edges, n, MOST)
    plain = np.unique(np.sort(sample["edges"], 0), axis=1) if sample["edges"].size else sample["edges"]
    first = int(np.lexsort((-sizes[2], np.abs(sizes[1] - 1 - FEW)))[0])
    return Network(name, sample, edges, sample["edges"] if "orders" in sample["raw"] else plain, sizes, first)


@lru_cache(maxsize=16)
def bundled(name: str) -> Network:
    """One of the bundled networks."""
    return prepared(name, discover("modalities", "MODALITY")["graph"].examples[name]())


@st.cache_resource(max_entries=6, show_spinner=False)
def _brought(name: str, _sample: Sample) -> Network:
    return prepared(name, _sample)


def distance(network: Network, node: int) -> np.ndarray:
    """Steps from every node to this one; a millisecond, so it is not remembered."""
    return hops(network.edges, network.n, node)


def classes(network: Network) -> bool:
    """Whether there is something to learn: two or more kinds of nodes that are not the features or the degrees themselves."""
    raw = network.sample["raw"]
    many = len(np.unique(raw["labels"])) > 1
    return many and "letters" not in raw and str(raw["label_name"]) != "links" and network.n <= LEARNT


def another() -> None:
    """Another network: its own file, node and step are forgotten."""
    let_go()
    for key in ("node", "mstep", "mtrained"):
        st.session_state.pop(key, None)
        st.query_params.pop(key, None)


def network_control() -> Network:
    """The network chosen, or the learner's own."""
    graphs = discover("modalities", "MODALITY")["graph"]
    name = select("Network", list(NETS), "net", 180, show=NETS.__getitem__, chosen=another)
    with st.popover("Your own", icon=":material/upload:", key="messages-own"):
        own = uploaded(graphs, "-messages")
        if own is not None:
            st.button("Back to the example", key="messages-back", on_click=another)
    if own is None:
        return bundled(name)
    return _brought(
        digest(own["edges"], own["raw"]["names"], own["raw"]["labels"], own["elements"], own["raw"]["positions"]), own
    )


def node_control(network: Network) -> int:
    """The node, by name or as it was clicked; at first one with about six neighbours."""
    state, names = st.session_state, network.sample["raw"]["names"]
    if GO in state:
        state["node"] = str(state.pop(GO))
    options = [str(i) for i in range(network.n)]
    return int(select("Node", options, "node", 165, default=str(network.first), show=lambda i: str(names[int(i)])))


def setting() -> Setting:
    """All controls in one row."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        network = network_control()
        node = node_control(network)
        deep = int(choice("Layers", {"1": "1", "2": "2", "3": "3"}, "2", "hops", "As many steps away a node hears."))
        kind = select("Layer", list(LAYERS), "layer", 185, show=LAYERS.__getitem__)
        trained = classes(network) and switch(
            "**Trained** weights", True, "mtrained",
            "Off: random, as they start. On: trained, on half of the nodes, to tell the "
            f"{network.sample['raw']['label_name']}.",
        )  # fmt: skip
    refused(discover("modalities", "MODALITY")["graph"], "-messages")
    return Setting(network, node, deep, kind, trained)
