"""Table modality: rows of cells, every column of a type of its own. Slide: "Tabular Modality".

The input observation is one row as numbers: each cell c is encoded by what its column is, and the results are joined,

    x_i = (e_1(c_i1), ..., e_p(c_ip)) in R^D

A number stays one number; a category becomes as many as there are categories (one-hot); free text is left out.
"""

from functools import partial

from components.modalities.base import Control, Modality
from components.modalities.table_parts import parts
from components.modalities.table_samples import encoded, example, forget, lose, met, noise, read, setting, shuffle, swap
from components.modalities.table_tasks import TASKS, own
from components.tasks.columns import AS_IS, ENCODINGS, FILLS, MEAN, ONE_HOT, SCALES
from components.tasks.tables import ANSWERS

MODALITY = Modality(
    name="table",
    order=4,
    title="Table",
    sentence="A table has a row for each thing and a column for each property, and every column has a type of its own. "
    "A model meets a row as one vector of numbers.",
    slide="Tabular Modality",
    formula=r"\mark{x_i}=\big(e_1(c_{i1}),\dots,e_p(c_{ip})\big)\in\mathbb{R}^{D},\qquad i=1,\dots,n",
    describe=lambda sample: {"n": len(sample["elements"]), "p": len(met(sample)), "D": sample["elements"].shape[1]},
    examples={name: partial(example, name) for name in ANSWERS},
    read=dict.fromkeys(("csv", "tsv", "txt"), read),
    observe=encoded,
    controls={
        "forget": Control(
            "Forget cells", (0, 10, 30, 50), 0, forget, "So many per cent of all cells go missing, at random", lambda v: f"{v} %"
        ),
        "missing": Control(
            "Missing cells",
            FILLS,
            MEAN,
            partial(setting, name="missing"),
            "A model needs a number in every place. Mean and median are those of the column; a mark is one more entry of x_i: "
            "1 where the cell was missing",
        ),
        "encoding": Control(
            "Categories as",
            ENCODINGS,
            ONE_HOT,
            partial(setting, name="encoding"),
            "One entry per category; or one entry that invents an order; or one that confuses categories equally frequent. "
            "The trained networks keep to one-hot",
        ),
        "scale": Control(
            "Scale",
            SCALES,
            AS_IS,
            partial(setting, name="scale"),
            "Which unit the numbers have decides which rows are near. The trained networks bring a scale of their own",
        ),
    },
    corrupt={"missing cells": lose, "noise": noise, "swapped cells": swap, "shuffled columns": shuffle},
    tasks=TASKS,
    parts=parts,
    own=own,
    presets={
        "Penguins": ("Numbers, categories, a date, true and false, and cells that nobody filled in.", {}),
        "One scale for all": (
            "Standardised, a gram and a millimetre count alike: other rows are near now.",
            {"scale": "standardised"},
        ),
        "Bad: an order nobody meant": (
            "Torgersen is 2 only because of the alphabet, and so twice as much as Dream. Change of the answer stays 0: the "
            "network brings an encoding of its own.",
            {"encoding": "place in the alphabet"},
        ),
        "Bad: a gap is zero": (
            "Two cells of row 1 were never measured. With their mean in place the network knows the Adelie penguin; "
            "with zero it is sure of another species.",
            {"missing": "zero", "element": 1},
        ),
        "Bad: drop what is not complete": (
            "With 30 % of the cells forgotten hardly a row is complete, and nearly the whole table is thrown away.",
            {"forget": 30, "missing": "drop the row"},
        ),
        "Bad: every number in its unit": (
            "The same network on the same wines, but the largest unit drowns the others.",
            {"example": "wine", "task": "cultivar unscaled"},
        ),
    },
    check=(
        "Which rows are nearest to the marked one? Set the scale from “as they are” to “standardised”. Why do others come?",
        "As they are, distance is nearly all mass: grams are counted in thousands, millimetres in tens. Standardised, every "
        "column counts alike. Nobody changed a cell: which rows are alike was decided by the units. The order of rows and of "
        "columns means nothing; an encoding that counts categories invents one.",
    ),
)
