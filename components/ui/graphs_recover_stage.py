"""The stage of "Graphs recover the others": the graph around one node, both outputs in one scale, and four numbers."""

from functools import partial
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from torch import Tensor

from components.figures.same_outputs import Said, networks, pictures, points, signals, tables
from components.learn.recovering import HEADS, Both, both, prepared, untyped, window
from components.learn.recovering_data import Nodes, nodes_of, picture
from components.measure.untyped_fit import Fit, untyped_fit
from components.models.relation_layer import RelationLayer
from components.ui.chart import chart, remembered
from components.ui.digest import digest
from components.ui.graphs_recover_graph import drawn, framed
from components.ui.graphs_recover_words import KINDS, SAYS, SPECIAL, TITLES, UNTYPED, Asked, small
from components.ui.house import theme
from components.ui.links import went_back
from components.ui.player import PACE, buttons, keep, playing, position, tick

HEIGHT = 330
EQUAL = 1e-5
"""Differences below this part of the largest output are the rounding of 32-bit numbers."""


class Solved(NamedTuple):
    """Both layers on the chosen data."""

    nodes: Nodes
    layer: RelationLayer
    full: Both  # with all types of edges
    fit: Fit | None  # the best layer without types, where that is asked for
    attention: Tensor | None  # (m,)


def solved(asked: Asked) -> Solved:
    """Compute it.

    Raises:
        BadInput: the weights of the language model are not there.
    """
    k = window(asked.recipe)
    if asked.own is not None:
        nodes = picture(asked.own, k, asked.about)
    else:
        nodes = nodes_of(asked.shape, asked.data, k, HEADS.get(asked.recipe, (0, 0))[0])
    layer = prepared(nodes, asked.recipe)
    full = both(nodes, layer)
    fit = None if asked.typed else untyped_fit(nodes.x.numpy(), nodes.edges.numpy(), full.special)
    attention = layer.attention(nodes.x[None, None], nodes.edges)[0, 0] if asked.shape == "attention" else None
    return Solved(nodes, layer, full, fit, attention)


def marked(asked: Asked, found: Solved) -> int:
    """The node looked at: clicked or from the address ("picture.392"), else where most comes out."""
    if "gnode" not in st.session_state or went_back():
        st.session_state["gnode"] = st.query_params.get("gnode", "")[:40]
    shape, _, number = str(st.session_state["gnode"]).partition(".")
    n = len(found.nodes.x)
    if shape == asked.shape and number.isdecimal() and int(number) < n:
        st.query_params["gnode"] = f"{shape}.{number}"
        return int(number)
    if "gnode" in st.query_params:
        del st.query_params["gnode"]
    if asked.shape == "attention":
        return found.nodes.names.index("it") if "it" in found.nodes.names else n // 2
    most = np.abs(found.full.special).sum(1)
    if asked.shape == "picture" and min(found.nodes.grid) > 4:  # away from the border, so that all neighbours are there
        inside = np.zeros(found.nodes.grid, bool)
        inside[2:-2, 2:-2] = True
        most = np.where(inside.ravel(), most, -1)
    return int(most.argmax())


def clicked(asked: Asked, point: dict | None) -> None:
    """Look at the node that was clicked."""
    if point and str(point.get("customdata", "")).startswith("n"):
        st.session_state["gnode"] = f"{asked.shape}.{str(point['customdata'])[1:]}"
        st.rerun()


def stage(asked: Asked, found: Solved) -> None:
    """The figures, with a player that adds one type of edge after the other where there are several."""
    types = found.nodes.types
    steps, name = types > 1 and asked.typed, f"edges{types}"

    @st.fragment(run_every=PACE if steps and playing(name) else None)
    def region() -> None:
        kept = types
        if steps:
            kept = position(name, types + 1, types)
            tick(name, types + 1)
            kept = int(st.session_state[name])
            keep(name, kept, types)
        figures(asked, found, kept)
        if steps:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key="recover-player"):
                buttons(name, kept, types + 1)
                st.markdown(f"**{kept} of {types} types of edges**" + (": a set, every node alone" if kept == 0 else ""))
        said(asked, found, kept)

    region()


def shown(asked: Asked, found: Solved, kept: int) -> Both:
    """What the two panels show."""
    if found.fit is not None:
        fit = found.fit
        graph = untyped(found.nodes, *(a.astype(np.float32) for a in (fit.root, fit.weight, fit.bias)))
        return Both(graph, found.full.special)
    return found.full if kept == found.nodes.types else both(found.nodes, found.layer, kept)


def same(pair: Both) -> bool:
    """Whether they differ by rounding only."""
    return pair.apart <= EQUAL * max(1.0, pair.largest)


def figures(asked: Asked, found: Solved, kept: int) -> None:
    """The graph on the left, both outputs on the right."""
    mark, pair, scale = marked(asked, found), shown(asked, found, kept), theme()
    facts = (asked.shape, asked.typed, kept, mark, found.nodes.names, digest(found.nodes.x.numpy(), pair.graph), scale.name)
    left, right = st.columns([0.31, 0.69] if asked.shape == "picture" else [0.4, 0.6], gap="medium")
    with left:
        draw = partial(drawn, found.nodes, found.layer, found.attention, found.fit, kept, mark, scale, HEIGHT)
        alt = f"Nodes and edges of the {KINDS[asked.shape].lower()} around {found.nodes.names[mark]}"
        recipe = (*facts, asked.recipe)
        clicked(asked, chart(remembered(recipe, draw, "recover-graph", height=HEIGHT, click=True, alt=alt), "recover-graph"))
    with right:
        alt = f"Both outputs; they differ by up to {small(pair.apart)}"
        draw = partial(outputs, asked, found, pair, kept, mark)
        ready = remembered((*facts, "out"), draw, "recover-outputs", height=HEIGHT, click=True, alt=alt)
        clicked(asked, chart(ready, "recover-outputs"))


def outputs(asked: Asked, found: Solved, pair: Both, kept: int, mark: int) -> go.Figure:
    """Both outputs as these data are drawn."""
    nodes, scale, graph, special = found.nodes, theme(), pair.graph, pair.special
    m = found.nodes.types
    what = "one W for all" if not asked.typed else "no edges" if not kept else f"{kept} of {m} types" if m > 1 else "all edges"
    ours, theirs = (f"<b>{name}</b><br>{more}" for name, more in (("Graph layer", what), TITLES[asked.shape]))
    first = ("<b>Input</b><br> ",) if asked.shape in ("picture", "sequence") else ()
    apart = f"differ by up to {small(pair.apart)}" if pair.apart else "no difference at all"
    told = Said((*first, ours, theirs), same(pair), apart)
    common = {"scale": scale, "height": HEIGHT}
    if asked.shape == "picture":
        x, a, b = (v.reshape(nodes.grid) for v in (nodes.x.numpy(), graph, special))
        h, w = nodes.grid
        return pictures(x, a, b, divmod(mark, w), framed(h, w, mark), told, **common)  # type: ignore[arg-type]
    if asked.shape == "sequence":
        return signals(nodes.x[:, 0].numpy(), graph[:, 0], special[:, 0], nodes.names, mark, told, **common)  # type: ignore[arg-type]
    if asked.shape == "set":
        return points(graph, special, fills(nodes), mark, told, **common)  # type: ignore[arg-type]
    if asked.shape == "attention":
        return tables(graph, special, nodes.names, mark, told, **common)  # type: ignore[arg-type]
    from components.figures.network import lines

    bonds = lines(nodes.places, nodes.edges.numpy())
    return networks(graph[:, 0], special[:, 0], nodes.places, bonds, nodes.names, mark, told, **common)  # type: ignore[arg-type]


def fills(nodes: Nodes) -> list[str]:
    """The colour of each point: its third number, which no map of this view turns into another point's."""
    from components.ui.graphs_recover_graph import shades

    return shades(nodes.x[:, 2].numpy(), theme())


def said(asked: Asked, found: Solved, kept: int) -> None:
    """Four numbers, what it means, and the formula."""
    nodes, pair = found.nodes, shown(asked, found, kept)
    row = st.container(horizontal=True, gap="medium")
    count = pair.graph.size
    apart = f"max |graph layer − {SPECIAL[asked.shape]}| over {count:,} numbers = {pair.apart:.3g}."
    exact = "" if pair.apart else "Whole numbers as weights make every sum exact: try random weights."
    row.metric(
        "Largest difference",
        small(pair.apart) if pair.apart else "0, exactly",
        help=f"{apart} 32-bit numbers keep about 7 digits. {exact}",
    )
    part = pair.apart / pair.largest if pair.largest else 0.0
    row.metric(
        "Largest output", small(pair.largest),
        help=f"max |output|. The difference is {small(part)} of it; one rounding of a 32-bit number is up to 6 · 10⁻⁸.",
    )  # fmt: skip
    if found.fit is not None:
        parts = f"{nodes.x.shape[1]} + {nodes.x.shape[1]} + 1 numbers fitted to {count:,}"
        row.metric("R² without types", f"{found.fit.r2:.2f}", help=f"1 − Σ(y − fit)² / Σ(y − mean)², {parts}, least squares.")
    else:
        m = int((nodes.kinds < kept).sum())
        row.metric("Edges", f"{m:,}", help=f"{len(nodes.x):,} nodes; {m:,} of {nodes.edges.shape[1]:,} edges, {kept} types.")
    weights = nodes.types if found.fit is None else 1
    d, h = nodes.x.shape[1], pair.graph.shape[1]
    row.metric("Maps", f"{weights} + 1", help=f"W of each type and W₀ of the node itself, each {d} × {h}; b has {h} numbers.")
    formula(asked, found)
    words = UNTYPED[asked.shape] if found.fit is not None else SAYS[asked.shape].format(types=nodes.types, k=nodes.k)
    st.caption(f"{words} Data: {nodes.about}. Click a node or an output to look at it.")


def formula(asked: Asked, found: Solved) -> None:
    """The layer, in the colours of the marks; what is not used here is left out."""
    series, nodes = theme().series, found.nodes
    h, w = rf"\textcolor{{{series[1]}}}{{h_i}}", rf"\textcolor{{{series[0]}}}"
    total = rf"{h} = x_i\,{w}{{W_0}} + b"
    if asked.shape == "attention":
        total += (
            rf" + \sum_{{j\to i}} a_{{ij}}\,x_j\,{w}{{W_1}},\quad a_{{ij}}=\mathrm{{softmax}}_j\Big(\tfrac{{(x_iW_q+b_q)\cdot"
            r"(x_jW_k+b_k)}{\sqrt{32}}\Big),\quad W_0=0"
        )
    elif asked.shape == "set":
        total += rf" + \underbrace{{\sum_{{j\to i}} x_j\,{w}{{W}}}}_{{\text{{no edges: }}0}}"
    elif found.fit is not None:
        total += rf" + \sum_{{j\to i}} x_j\,{w}{{W_1}}"
    else:
        total += rf" + \sum_{{t=1}}^{{{nodes.types}}}\ \sum_{{j\to i\text{{ of type }}t}} x_j\,{w}{{W_t}}"
    d, out = nodes.x.shape[1], found.full.graph.shape[1]
    st.html("<style>.st-key-recover-formula, .st-key-recover-table {overflow-x: auto;}</style>")  # on a phone
    st.container(key="recover-formula").latex(rf"{total},\qquad x_i\in\mathbb{{R}}^{{{d}}},\ h_i\in\mathbb{{R}}^{{{out}}}")
