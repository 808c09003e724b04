"""The code of the Profile page: the file that measured what is on the screen, and one that runs alone."""

import inspect
from functools import cache

import streamlit as st

from components.learn import robustness as lab
from components.ui.code import archive, gather, show_code
from components.ui.profile_sides import dimensions

MAIN = """
import numpy as np

# Your own sample: elements in a picture's grid (h, w), in a sequence's (t,), or without one ().
rng = np.random.default_rng(0)
wave = np.sin(np.arange(800) / 5)[:, None].astype(np.float32) + 0.1 * rng.standard_normal((800, 1)).astype(np.float32)
sample = {"raw": wave, "elements": wave, "grid": (800,), "rate": 100.0, "unit": "Hz", "about": "a noisy sine"}
for reading in measure(sample):
    print(reading["name"], reading["value"], reading["unit"], reading.get("text", ""), reading.get("why", ""))
"""


@cache
def source(name: str) -> str:
    """One dimension's measure as a file that runs alone, on a sample of its own."""
    measure = dimensions()[name].measure
    home = measure.__module__.removeprefix("components.")
    main = f"from {measure.__module__} import {measure.__name__} as measure\n{MAIN}"
    return archive(gather([home]), main, f"{name}. Needs numpy, scipy, pandas, scikit-learn, networkx, pillow and soundfile.")


def code(show: str) -> None:
    """The functions behind the chosen dimension; for the card, those of the first."""
    st.subheader("The code that ran", anchor=False)
    if show == "laboratory":
        st.code(inspect.getsource(lab.robustness), language="python", wrap_lines=True)
        return
    name = show if show in dimensions() else "information"
    measure = dimensions()[name].measure
    show_code(source(name), f"{name}.py", focus=[measure])
