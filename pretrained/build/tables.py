"""Make `pretrained/data/tables.npz`: two real tables with columns of many types, as comma-separated text inside an npz.

Development only: `pip install palmerpenguins==0.1.6` (plotly, which brings Gapminder's table, is a requirement anyway).
Run from the root of the project:

    python -m pretrained.build.tables
"""

from importlib.metadata import version
from importlib.resources import files
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd

from pretrained.build.manifest import ROOT, enter

FILE = "pretrained/data/tables.npz"
PENGUINS = {
    "Species": "species",
    "Island": "island",
    "Individual ID": "bird",
    "Date Egg": "egg laid",
    "Clutch Completion": "full clutch",
    "Culmen Length (mm)": "bill length, mm",
    "Culmen Depth (mm)": "bill depth, mm",
    "Flipper Length (mm)": "flipper, mm",
    "Body Mass (g)": "mass, g",
    "Sex": "sex",
    "Delta 15 N (o/oo)": "nitrogen-15, ‰",
    "Delta 13 C (o/oo)": "carbon-13, ‰",
}
GAPMINDER = {
    "country": "country",
    "continent": "continent",
    "year": "year",
    "pop": "population",
    "gdpPercap": "income, $ a person",
    "lifeExp": "life expectancy, years",
}
ABOUT = {
    "penguins": "344 penguins near Palmer Station, Antarctica, measured by Gorman, Williams and Fraser (2014), CC0",
    "gapminder": "142 countries in 12 years, Gapminder.org, CC BY 4.0, as in plotly",
}


def penguins() -> pd.DataFrame:
    """The raw table of the package, without comments and columns that never change."""
    text = (files("palmerpenguins") / "data" / "penguins-raw.csv").read_text("utf-8")
    frame = pd.read_csv(StringIO(text))[list(PENGUINS)].rename(columns=PENGUINS)
    frame["species"] = frame["species"].str.split().str[0]
    frame["sex"] = frame["sex"].str.lower()
    frame["full clutch"] = frame["full clutch"] == "Yes"
    return frame.astype({"flipper, mm": "Int64", "mass, g": "Int64"})


def gapminder() -> pd.DataFrame:
    """Gapminder's table without the two codes of each country."""
    import plotly.data

    return plotly.data.gapminder()[list(GAPMINDER)].rename(columns=GAPMINDER)


def main() -> None:
    """Write the file and its entry in the manifest."""
    arrays: dict[str, Any] = {}
    for name, frame in {"penguins": penguins(), "gapminder": gapminder()}.items():
        arrays[name] = np.frombuffer(frame.to_csv(index=False).encode(), np.uint8)
        arrays[f"{name}/about"] = np.array(ABOUT[name])
    np.savez_compressed(ROOT / FILE, **arrays)
    enter(
        ROOT / FILE,
        licence="penguins: CC0; gapminder: CC BY 4.0",
        source="palmerpenguins (Gorman, Williams and Fraser 2014, https://doi.org/10.1371/journal.pone.0090081); "
        "plotly.data.gapminder (Gapminder.org)",
        version=f"palmerpenguins {version('palmerpenguins')}, plotly {version('plotly')}",
        command="python -m pretrained.build.tables",
    )


if __name__ == "__main__":
    main()
