"""BERT's names of its weights, and ours."""

from torch import Tensor

PARTS = {
    "attention.self.query": "attention.query", "attention.self.key": "attention.key", "attention.self.value": "attention.value",
    "attention.output.dense": "attention.out", "intermediate.dense": "up", "output.dense": "down",
}  # fmt: skip


def renamed(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """BERT's names to those of our encoder: a linear map `(h, d)` becomes `(1, 1, 1, d, h)`, a bias `(1, 1, h)`; the vector that
    says "first sentence" is the same for all and is added to the places.

    Raises:
        KeyError: a weight of an encoder like BERT is missing.
    """
    found = {
        "word": state["embeddings.word_embeddings.weight"],
        "place": state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0],
    }
    norms = {"embeddings.LayerNorm": "norm"}
    for i in range(1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layer."))):
        theirs, ours = f"encoder.layer.{i}", f"layers.{i}"
        for name, part in PARTS.items():
            found[f"{ours}.{part}.weight"] = state[f"{theirs}.{name}.weight"].T[None, None, None]
            found[f"{ours}.{part}.bias"] = state[f"{theirs}.{name}.bias"][None, None]
        norms |= {f"{theirs}.attention.output.LayerNorm": f"{ours}.norm1", f"{theirs}.output.LayerNorm": f"{ours}.norm2"}
    for name, part in norms.items():
        found[f"{part}.scale"] = state[f"{name}.weight"][None, None, None]
        found[f"{part}.shift"] = state[f"{name}.bias"][None, None, None]
    return found
