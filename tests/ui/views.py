"""Opening one view of a page as its tests do."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

PAGES = Path(__file__).parents[2] / "pages" / "3_models"


def open_view(page: str, view: str, **query: str) -> AppTest:
    """The view after its first run, with these values in its address."""
    test = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=60)
    for name, value in ({"view": view} | query).items():
        test.query_params[name] = value
    return test.run()
