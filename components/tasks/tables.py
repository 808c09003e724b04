"""The tables of the Table modality as typed data frames, and what each of them is asked."""

import io
from functools import cache

import numpy as np
import pandas as pd

from components.tasks.files import arrays

FILE = "tables.npz"
UCI = "UCI, CC BY 4.0, as in scikit-learn"
SHIPPED = {
    "penguins": {"species": "category", "island": "category", "sex": "category", "bird": "str", "full clutch": "boolean",
                 "flipper, mm": "Int64", "mass, g": "Int64"},
    "gapminder": {"country": "str", "continent": "category", "year": "Int64", "population": "Int64"},
}  # fmt: skip
DATES = {"penguins": ["egg laid"], "gapminder": []}
DIABETES = {
    "age": "age, years", "sex": "sex, 1 or 2", "bmi": "body mass index, kg/m²", "bp": "blood pressure, mm Hg",
    "s1": "cholesterol", "s2": "LDL", "s3": "HDL", "s4": "cholesterol / HDL", "s5": "log of triglycerides", "s6": "blood sugar",
}  # fmt: skip
LINNERUD = {"Chins": "chin-ups", "Situps": "sit-ups", "Jumps": "jumps", "Weight": "weight, lb", "Waist": "waist, in",
            "Pulse": "pulse, 1/min"}  # fmt: skip
COUNTS = {"proline", "magnesium", "age, years", "sex, 1 or 2", "cholesterol", "blood sugar", "progression", *LINNERUD.values()}
ANSWERS = {
    "penguins": "species",
    "wine": "cultivar",
    "cancer": "diagnosis",
    "diabetes": "progression",
    "gapminder": "life expectancy, years",
    "linnerud": "",
}
"""The column that is asked for, which therefore is no part of what a model meets."""


def _shipped(name: str) -> tuple[pd.DataFrame, str]:
    data = arrays(FILE)
    text = io.BytesIO(data[name].tobytes())
    return pd.read_csv(text, dtype=SHIPPED[name], parse_dates=DATES[name]), str(data[f"{name}/about"])


def _wine() -> tuple[pd.DataFrame, str]:
    from sklearn.datasets import load_wine

    data = load_wine()
    frame = pd.DataFrame(data.data, columns=[str(n).replace("_", " ") for n in data.feature_names])
    frame = frame.rename(columns={"od280/od315 of diluted wines": "OD280/OD315"})
    frame.insert(0, "cultivar", pd.Categorical.from_codes(data.target, ["one", "two", "three"]))
    return frame, f"178 Italian wines from three cultivars, {UCI}"


def _cancer() -> tuple[pd.DataFrame, str]:
    from sklearn.datasets import load_breast_cancer

    data = load_breast_cancer()
    frame = pd.DataFrame(data.data, columns=[str(n) for n in data.feature_names])
    frame.insert(0, "diagnosis", pd.Categorical.from_codes(data.target, list(data.target_names)))
    return frame, f"569 breast tumours, cell nuclei measured in pictures (Wisconsin), {UCI}"


def _diabetes() -> tuple[pd.DataFrame, str]:
    from sklearn.datasets import load_diabetes

    data = load_diabetes(scaled=False)
    frame = pd.DataFrame(data.data, columns=[DIABETES[n] for n in data.feature_names])
    frame["progression"] = data.target
    return frame, "442 people with diabetes, the disease one year later (Efron et al. 2004), as in scikit-learn, BSD"


def _linnerud() -> tuple[pd.DataFrame, str]:
    from sklearn.datasets import load_linnerud

    data = load_linnerud()
    frame = pd.DataFrame(np.hstack([data.data, data.target]), columns=[*data.feature_names, *data.target_names])
    return frame.rename(columns=LINNERUD), "20 men of a fitness club (Linnerud), as in scikit-learn, BSD"


LOADED = {"wine": _wine, "cancer": _cancer, "diabetes": _diabetes, "linnerud": _linnerud}


@cache
def table(name: str) -> tuple[pd.DataFrame, str]:
    """One of the tables, typed, and the line that says where it comes from. Nobody may change it: it is kept."""
    frame, about = LOADED[name]() if name in LOADED else _shipped(name)
    whole = [c for c in frame.columns if c in COUNTS and (frame[c].dropna() % 1 == 0).all()]
    return frame.astype(dict.fromkeys(whole, "Int64")), about
