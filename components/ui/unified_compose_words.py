"""What is said about a composed model: its name, how it differs from its neighbour, its formula."""

from components.figures.scale import SHARE_AND_POOL, Scale
from components.models.composition import PRESETS, Composition, Shape, difference, said

SHORT = {
    "deep sets": "Deep Sets", "mlp": "MLP", "cnn": "CNN", "vit": "ViT", "transformer": "Transformer", "rnn": "RNN", "gcn": "GCN",
}  # fmt: skip
"""The names on the buttons."""
BRIEF: dict[str, dict[object, str]] = {
    "represent": {"shared": "one map", "separate": "a map each"},
    "neighbours": {"self": "looks at itself", "window": "looks at a window", "edges": "looks along edges", "all": "looks at all"},
    "mix": {"concat": "a place for each neighbour", "max": "largest neighbour", "sum": "sum of neighbours",
            "mean": "mean of neighbours"},
    "pool": {"concat": "pool keeps places", "recurrent": "pool reads in order", "each": "no pool", "sum": "pool: sum",
             "mean": "pool: mean", "max": "pool: maximum", "attention": "pool: attention"},
    "positions": {True: "told where it is", False: "not told where it is"},
    "skip": {True: "added to what it was", False: "replaces what it was"},
}  # fmt: skip
"""Values in the fewest words."""
SHOWN = {
    "represent": {"shared": "one map for all", "separate": "a map for each"},
    "neighbours": {"self": "itself only", "window": "a window", "edges": "its edges", "all": "all elements"},
    "mix": {"concat": "a place for each", "sum": "sum", "mean": "mean", "max": "largest", "attention": "attention"},
    "pool": {"sum": "sum", "mean": "mean", "max": "largest", "attention": "attention", "concat": "a place for each",
             "recurrent": "read in order", "each": "nothing: each answers"},
}  # fmt: skip
"""Values as the lists of the controls show them."""
ALIKE = "only sizes and training settings"
LONG = 26
"""Letters of a name beside a curve."""


def preset_of(c: Composition, modality: str) -> str | None:
    """The preset this composition is; of two that are equal, the one whose home this kind of data is."""
    own = [name for name, p in PRESETS.items() if p.composition == c]
    return next((n for n in own if PRESETS[n].modality == modality), own[0] if own else None)


def named(c: Composition, modality: str) -> str:
    """A name for a curve: the preset's, or the choices in a few words."""
    preset = preset_of(c, modality)
    if preset:
        return SHORT[preset]
    near = {"self": "alone", "window": f"window {c.kernel}", "edges": "edges", "all": "all"}[c.neighbours]
    mix = "" if c.neighbours == "self" else f" {c.mix}"
    return f"{'one' if c.shared else 'own'}, {near}{mix} ×{c.layers}, {c.pool}"[:LONG]


def differs(old: Composition, new: Composition) -> str:
    """The choices in which two models differ, in one line."""
    found = difference(old, new)
    brief = [(k, BRIEF.get(k, {}).get(getattr(old, k), a), BRIEF.get(k, {}).get(getattr(new, k), b)) for k, a, b in found]
    new_mix = old.neighbours == "self"  # then there was nothing to mix before
    return ", ".join(f"**{b}**" if k == "mix" and new_mix else f"{a} → **{b}**" for k, a, b in brief) or ALIKE


def headline(c: Composition, modality: str) -> str:
    """What this model is, in one line: a preset against its neighbour, the learner's own against the nearest preset."""
    name = preset_of(c, modality)
    if name:
        found = PRESETS[name]
        old = PRESETS[found.before].composition
        rest = differs(old, c) if difference(old, c) else f"nothing but the elements, which come from {found.modality}"
        return f"**{found.title}** ({found.source}). Against {SHORT[found.before]}: {rest}."
    near = min(PRESETS, key=lambda n: len(difference(PRESETS[n].composition, c)))
    return f"**Your own.** Against {SHORT[near]}, the nearest: {differs(PRESETS[near].composition, c)}."


def above(c: Composition, s: Shape) -> dict[str, str]:
    """What happens on the way into each sheet of the diagram, in two short lines."""
    maps = "one map" if c.shared else f"{s.n} maps"
    whom = {
        "self": "itself only", "window": f"window of {c.kernel}" if len(s.grid) < 2 else f"window {c.kernel} × {c.kernel}",
        "edges": "its edges", "all": "all elements",
    }[c.neighbours]  # fmt: skip
    mix = {"concat": "a place for each", "sum": "sum", "mean": "mean", "max": "largest", "attention": "attention"}[c.mix]
    pool = {"concat": "a place for each", "recurrent": "read in order", "max": "largest"}.get(c.pool, c.pool)
    first = ("one vector a word" if s.tokens else maps) + ("<br>+ where it is" if c.positions else "")
    return {
        "elements": "the data", "represent": first, "layer": whom if c.neighbours == "self" else f"{whom}<br>{mix}",
        "pool": f"all become one:<br>{pool}", "answer": "two maps,<br>to say:",
    }  # fmt: skip


def formula(c: Composition, s: Shape, scale: Scale) -> str:
    """The model as mathematics, coloured like the diagram, with shapes."""
    invariant = c.pool not in ("concat", "recurrent")
    colour = scale.series[SHARE_AND_POOL[(True, invariant)]] if c.shared else scale.series[3]
    pooled = scale.series[0 if invariant else 1]
    own = "" if c.shared else "_i"
    w = rf"\textcolor{{{colour}}}{{W{own}}}"
    start = "E[x_i]" if s.tokens else w + r"\,x_i"
    first = "z_i^0 = " + start + (" + p_i" if c.positions else "")
    near = {"window": r"j \in \text{window}(i)", "edges": r"j \to i", "all": r"j = 1 \dots n"}.get(c.neighbours, "")
    heard = {
        "sum": rf"\sum_{{{near}}} z_j", "mean": rf"\operatorname{{mean}}_{{{near}}} z_j", "max": rf"\max_{{{near}}} z_j",
        "attention": rf"\sum_{{{near}}} a_{{ij}} V z_j",
    }  # fmt: skip
    if c.neighbours == "self":
        inner = rf"{w}\,z_i"
    elif c.mix == "concat":
        places = "j - i" if c.neighbours == "window" and c.shared else "i,j" if not c.shared else "j"
        inner = rf"\sum_{{{near}}} \textcolor{{{colour}}}{{W_{{{places}}}}}\,z_j"
    else:
        inner = rf"\textcolor{{{colour}}}{{U{own}}}\,z_i + {w}\,{heard[c.mix]}"
    skip = " + z_i" if c.skip else ""
    layer = rf"z_i \leftarrow \operatorname{{relu}}\big({inner}\big){skip} \;\;(\times {c.layers})" if c.layers else ""
    signs = {
        "sum": r"\tfrac{1}{\sqrt n}\sum_i z_i", "mean": r"\tfrac1n\sum_i z_i", "max": r"\max_i z_i",
        "attention": r"\sum_i \alpha_i z_i", "concat": r"[z_1; \dots; z_n]", "recurrent": r"\operatorname{LSTM}(z_1, \dots, z_n)",
        "each": "z_i",
    }  # fmt: skip
    end = rf"\hat y{'_i' if s.each else ''} = B\,\operatorname{{relu}}\big(A\,\textcolor{{{pooled}}}{{{signs[c.pool]}}}\big)"
    shapes = r"\small " + rf"x: {s.n} \times {s.d},\; z: {s.n} \times {c.width},\; \hat y: {s.n if s.each else s.answers}"
    above_, below_ = (r" \qquad ".join(part for part in row if part) for row in ((first, layer), (end, shapes)))
    return rf"\begin{{gathered}} {above_} \\[6pt] {below_} \end{{gathered}}"


def in_words(name: str, value: object) -> str:
    """A value of a choice as its list shows it."""
    return SHOWN.get(name, {}).get(str(value), said(name, value))
