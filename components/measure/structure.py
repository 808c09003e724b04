"""B3, structure: how elements compose, static, temporal, spatial, hierarchical; latent, explicit. Slide: "Modality Profile" 3.

The first reading says what an element's neighbours tell, in the sense the data give to "neighbour": beside it in time or space,
the word before, a node with an edge, the nearest point, another column. The second looks at coarser scales or larger parts.
Each stands beside copies of the sample that have lost this structure, see `surrogates.py`; the files `structure_*.py` say how.
"""

from components.measure import structure_graph, structure_grid, structure_set, structure_table, structure_words, views
from components.measure.base import Dimension, number, undefined
from components.measure.views import columns, form
from components.values import Reading, Sample

SLIDE = "slide Modality Profile 3, structure"
KINDS = {
    views.TEXT: ("temporal", "explicit: the words have an order; their grammar is latent"),
    views.SYMBOLS: ("temporal", "explicit: the symbols have an order"),
    views.PICTURE: ("spatial", "explicit: every pixel has its place; static, nothing moves"),
    views.PICTURES: ("spatial inside each picture", "explicit there; none between the pictures of the set"),
    views.SERIES: ("temporal", "explicit: every moment has its place in time"),
    views.SOUND: ("temporal", "explicit: every sample has its place in time"),
    views.GRAPH: ("relational", "explicit: the edges are given"),
    views.TABLE: ("none by position: rows may be permuted", "latent: between columns"),
    views.POINTS: ("none by position: points may be permuted", "latent: in where the points are"),
}


def measure(sample: Sample) -> tuple[Reading, ...]:
    """What neighbours tell, what coarser scales keep, the kind of structure; for grids also the correlation length."""
    shape = form(sample)
    if shape == views.SYMBOLS and not sample["grid"]:
        why = "the symbols of a set have neither an order nor numbers to compare"
        nothing = undefined(structure_words.NEAR, "%", "What neighbouring symbols tell of each other.", "I(x;y)", SLIDE, why)
        return nothing, kind(sample, False, False)
    measures = {
        views.TEXT: structure_words.measure,
        views.SYMBOLS: structure_words.measure,
        views.GRAPH: structure_graph.measure,
        views.TABLE: structure_table.measure,
        views.POINTS: structure_set.measure if columns(sample).shape[1] <= 3 else structure_table.measure,
    }
    readings, near, far = measures.get(shape, structure_grid.measure)(sample)
    return (*readings[:2], kind(sample, near, far), *readings[2:])


def kind(sample: Sample, near: bool, far: bool) -> Reading:
    """The kind of structure in words; its number is how many directions the elements are laid out in."""
    shape = form(sample)
    word, where = KINDS[shape]
    if shape == views.SYMBOLS and not sample["grid"]:
        word, where = "none by position: symbols may be permuted", "latent at most: in what they mean"
    layers = {
        views.PICTURE: "hierarchical",
        views.SERIES: "hierarchical",
        views.SOUND: "hierarchical",
        views.GRAPH: "communities",
    }
    found = layers.get(shape, "") if far else ""
    if not near and not far:
        found = "none found beyond chance in this sample"
    text = "; ".join(part for part in (word, where, found) if part)
    what = (
        "How the elements are laid out is read from the data: a grid, an order, edges, or nothing; the numbers before say if "
        "anything is found there that copies without structure lack; hierarchical: coarser scales keep more than theirs do."
    )
    directions = {views.PICTURES: 2, views.SOUND: 1, views.TEXT: 1, views.GRAPH: 0}.get(shape, len(sample["grid"]))
    return number("kind of structure", directions, "directions", what, r"x_i\sim x_j", SLIDE, text=text)


DIMENSION = Dimension(
    name="structure",
    order=3,
    title="Structure",
    definition="How elements compose to form the whole: temporal, spatial, hierarchical or not at all; explicit or latent.",
    slide="Modality Profile 3",
    measure=measure,
)
