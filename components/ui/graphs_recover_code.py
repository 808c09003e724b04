"""The code behind "Graphs recover the others" as one runnable file with the numbers on the screen."""

import numpy as np

from components.learn.recovering_data import Nodes
from components.models.relation_layer import RelationLayer
from components.ui.code import bundle, gather

SPECIAL = {
    "set": "as_linear(layer)(x)",
    "sequence": "as_convolution(layer, {k}, 1)(x.T.reshape(1, -1, {t}))[0].T",
    "picture": "as_convolution(layer, {k}, 2)(x.T.reshape(1, -1, {h}, {w}))[0].flatten(1).T",
    "attention": "as_attention(layer, x)",
    "graph": "as_matrices(layer, x, edges, kinds)",
}
NAMES = {
    "set": "torch.nn.Linear",
    "sequence": "torch.nn.Conv1d",
    "picture": "torch.nn.Conv2d",
    "attention": "scaled_dot_product_attention",
    "graph": "adjacency matrices",
}


def _said(values: np.ndarray) -> str:
    return str(np.round(values.astype(np.float64), 4).tolist())


def _edges(nodes: Nodes) -> str:
    """How the edges are made."""
    if nodes.shape == "set":
        return "no_edges()"
    if nodes.shape == "attention":
        return f"complete({len(nodes.x)})"
    if nodes.shape == "graph":
        return f"torch.tensor({nodes.edges.tolist()}), torch.tensor({nodes.kinds.tolist()})"
    return f"lattice({nodes.grid}, {nodes.k})"


def source(shape: str, nodes: Nodes, layer: RelationLayer, typed: bool) -> str:
    """The whole file."""
    (n, d), h = nodes.x.shape, layer.weight.shape[-1]
    made = f"RelationLayer({d}, {h}, {nodes.types}, [Generator().manual_seed(0)]"
    about = "One graph layer with typed edges, and the layer made for these data, on the same weights. Needs torch"
    if shape == "attention":
        about += ".\n\nThe words are random numbers here, and so are the weights: MiniLM's are too many to be written out."
        start = f"x = torch.randn({n}, {d}, generator=Generator().manual_seed(1))\nlayer = {made}, attend=True)\n"
    else:
        about += ", numpy." if not typed else "."
        start = f"x = torch.tensor({_said(nodes.x.numpy())})\nlayer = {made})\n"
        start += f"layer.itself.weight.data[0, 0, 0] = torch.tensor({_said(layer.itself.weight[0, 0, 0].numpy())})\n"
        start += f"layer.itself.bias.data[0, 0] = torch.tensor({_said(layer.itself.bias[0, 0].numpy())})\n"
        if nodes.types:
            start += f"layer.weight.data[0] = torch.tensor({_said(layer.weight[0].numpy())})\n"
    places = dict(zip("hw", nodes.grid, strict=False)) | {"t": nodes.grid[0] if nodes.grid else 0, "k": nodes.k}
    main = f"""{start}edges, kinds = {_edges(nodes)}
with torch.inference_mode():
    graph = layer(x[None, None], edges, kinds)[0, 0]
    special = {SPECIAL[shape].format(**places)}
print("{NAMES[shape]}: largest difference %.3g, largest output %.3g" % ((graph - special).abs().max(), special.abs().max()))
"""
    modules = ["models.lattices"]
    if not typed:
        modules.append("measure.untyped_fit")
        main += 'print("one W for all neighbours: R^2 = %.3f" % untyped_fit(x.numpy(), edges.numpy(), special.numpy()).r2)\n'
    return bundle(gather(modules), main, about)
