"""Tables to take along: every number, and nothing a spreadsheet would run."""

import csv
import io

import numpy as np
import pytest

from components.measure.base import number, undefined
from components.ui.export import HEAD, curve, named, profiles, safe

CURVE = {"x": np.array(["=1+1", "b"]), "y": np.array([0.1, -2.0]), "x_title": "word", "y_title": "share", "baseline": np.zeros(2)}
READINGS = (
    number("entropy", -1 / 3, "bits", "Counted.", "H", "Shannon 1948", CURVE, "=HYPERLINK(1)"),  # type: ignore[arg-type]
    undefined("entropy", "bits", "e", "f", "s", "all is alike"),
)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_formulas_become_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "text"), [(-1.5, "-1.5"), (np.float32(2), "2"), (float("nan"), ""), ("", ""), ("a=b", "a=b")])
def test_other_cells_stay_as_they_are(cell: object, text: str) -> None:
    assert safe(cell) == text


def test_a_line_for_every_reading() -> None:
    head, first, second = read(profiles(["-my sample"], [{"information": READINGS}]))
    assert head == list(HEAD)
    assert first[:6] == ["'-my sample", "information", "entropy", f"{-1 / 3:.10g}", "bits", "'=HYPERLINK(1)"]
    assert second[3] == ""
    assert second[-1] == "Not defined because all is alike."


def test_the_curve_with_what_it_is_compared_with() -> None:
    assert read(curve(READINGS[0])) == [["word", "share", "baseline"], ["'=1+1", "0.1", "0"], ["b", "-2", "0"]]
    assert curve(READINGS[1]) == b""


def test_names_of_files_are_plain() -> None:
    assert named("Vision: teacup / ../etc") == "vision-teacup-etc.csv"
    assert named("<>") == "numbers.csv"
