"""The code behind the view on symmetry as one runnable file."""

from functools import lru_cache

from components.learn import symmetry_table
from components.models.group_average import GroupAverage
from components.ui.code import bundle, gather, show_code
from components.ui.images_symmetry_words import Asked

MAIN = """
study = Study({aim!r}, {network!r})
for frame in study_run(study):
    print("step", frame["step"], {{n: round(float(a.squeeze()), 3) for n, a in frame.items() if n in {keys}}})
weights = {{n.removeprefix("weights/"): a for n, a in frame.items() if n.startswith("weights/")}}
f = function(study, weights, averaged={averaged})
found = kept(study.aim, f, {action!r}, {amount})
print("{same}: %.3f +- %.3f" % found.same)
print("{right}: %.3f +- %.3f" % found.right)
print("largest difference of a picture: %.2g +- %.2g" % found.apart)
"""


@lru_cache(maxsize=64)
def source(asked: Asked) -> str:
    """The whole file: train the chosen network, then measure its equation under the chosen action."""
    same, right = ("IoU of both sides", "IoU with the truth") if asked.aim == "segment" else ("answers that stay", "accuracy")
    main = MAIN.format(**asked._asdict(), keys=("IoU", "accuracy", "loss"), same=same, right=right)
    about = (
        "Both sides of f(g x) = g f(x), measured on a network trained here.\n\n"
        "Needs numpy, torch, pillow; mnist.npz and photographs.npz of the project's pretrained/data lie beside this file."
    )
    return bundle([*gather(["learn.symmetry_table"])], main, about)


def code(asked: Asked) -> None:
    """The heart of it, and the file."""
    show_code(source(asked), "symmetry.py", focus=[symmetry_table.sides, GroupAverage.forward])
