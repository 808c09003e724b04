"""Tables as they come: separators, types, headings and encodings found; hostile files refused in one sentence."""

import numpy as np
import pandas as pd
import pytest

from components.modalities.table_readers import CELLS, COLUMNS, ROWS, frame, harmless, typed
from components.tasks.columns import CATEGORY, DATE, FLAG, NUMBER, TEXT, WHOLE, kind
from components.values import BadInput


def kinds(table: pd.DataFrame) -> dict[str, str]:
    return {name: kind(table[name]) for name in table.columns}


def lines(head: str, *rows: str) -> bytes:
    return "\n".join([head, *rows]).encode()


BAD = {
    "empty": (b"", "empty"),
    "blank": (b"  \n\n \n", "no rows"),
    "heading only": (b"a,b,c\n", "no rows below"),
    "too many bytes": (b"a,b\n" + b"1,2\n" * (3 * 2**20), "limit is 10 MB"),
    "too many rows": (b"a\n" + b"1\n" * (ROWS + 1), "rows, the limit"),
    "too many rows, no heading": (b"1\n" * (ROWS + 1), "rows, the limit"),
    "a million columns": (b"1," * 10**6 + b"1\n", f"{COLUMNS} columns"),
    "too many cells": ((b"1," * 150 + b"1\n") * (CELLS // 151 + 1), "cells, the limit"),
    "more cells than the heading": (b"a,b\n1,2\n1,2,3\n", "more cells"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 20, "not a text file"),
    "zip": (b"PK\x03\x04" + b"a,b\n" * 20, "not a text file"),
    "random bytes": (np.random.default_rng(0).bytes(4000), "not a text file"),
    "utf-16, cut off": ("a,b\n1,2\n".encode("utf-16")[:-1], "not a text file"),
    "utf-32": ("a,b\n1,2\n".encode("utf-32"), "not a text file"),
    "nul in the middle": (b"a,b\n1,\0\n", "not a text file"),
    "nothing but text": (lines("name", *(f"person {i} of many" for i in range(100))), "No column can be encoded"),
    "html": (b"<html><body><script>alert(1)</script></body></html>", "No column can be encoded|no rows|more cells"),
    "an endless cell": (b'a,b\n"' + b"x" * 200_000 + b"\n", "could not be divided"),
    "encoded too large": (
        lines(",".join(f"c{i}" for i in range(190)), *(",".join(f"k{r % 50}" for _ in range(190)) for r in range(5000))),
        "Encoded, this table",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_refusals_are_one_sentence(name: str) -> None:
    data, why = BAD[name]
    with pytest.raises(BadInput, match=why) as refusal:
        frame(data)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert refusal.value.__cause__ is None
    assert "script" not in str(refusal.value)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_separators_and_encodings(separator: str, encoding: str) -> None:
    rows = [("größe", "süß"), ("1.5", "ja"), ("2", "nein"), ("3.5", "ja"), ("4", "ja")]
    text = "\r\n".join(separator.join(row) for row in rows)
    found = frame(text.encode(encoding))
    assert list(found.columns) == ["größe", "süß"]
    assert kinds(found) == {"größe": NUMBER, "süß": CATEGORY}
    assert found["größe"].tolist() == [1.5, 2, 3.5, 4]


def test_every_type_is_found() -> None:
    head = "n,w,c,f,d,t,e"
    rows = [f"{i + 0.5},{i},{'ab'[i % 2]},{'yes' if i % 3 else 'no'},2024-01-{i + 1:02},word {i},NA" for i in range(20)]
    found = frame(lines(head, *rows))
    assert kinds(found) == {"n": NUMBER, "w": WHOLE, "c": CATEGORY, "f": FLAG, "d": DATE, "t": TEXT, "e": TEXT}
    assert found["f"].tolist() == [i % 3 > 0 for i in range(20)]


def test_decimal_comma_is_one_only_where_the_comma_separates_nothing() -> None:
    german = frame(b"1,5;2,25\n-3,0;1,0\n")
    assert german.to_numpy().tolist() == [[1.5, 2.25], [-3, 1]]
    english = frame(b'a,b\n"1,234",1\n"2,345",2\n')
    assert kinds(english)["a"] != NUMBER


@pytest.mark.parametrize("gap", ["", "NA", "n/a", "NaN", "null", "inf", "-Infinity", "1e999", "?"])
def test_missing_and_infinite_cells_are_missing(gap: str) -> None:
    found = frame(lines("a,b", f"{gap},x", "1.5,y", "2,x", "3,y"))
    assert found["a"].isna().tolist() == [True, False, False, False]
    assert kind(found["a"]) == NUMBER


def test_huge_numbers_are_left_as_text() -> None:
    found = frame(lines("a,b", "1e308,1", "-1e308,2", "1,3", "2,4"))
    assert kinds(found) == {"a": TEXT, "b": WHOLE}


def test_many_categories_are_text() -> None:
    rows = [f"k{i % 51},m{i % 50},{i}" for i in range(500)]
    assert kinds(frame(lines("a,b,c", *rows))) == {"a": TEXT, "b": CATEGORY, "c": WHOLE}


@pytest.mark.parametrize(
    ("data", "names", "n"),
    [
        (b"1,2\n3,4\n", ["column 1", "column 2"], 2),
        (b"a,b\n3,4\n", ["a", "b"], 1),
        (b"a,a,a\n1,2,3\n", ["a", "a (2)", "a (3)"], 1),
        (b"a,a (2),a\n1,2,3\n", ["a", "a (2)", "a (3)"], 1),
        (b"a,,c\n1,2,3\n", ["a", "column 2", "c"], 1),
        (b"5\n6\n7\n", ["column 1"], 3),
        (b"x,1\ny,2\nx,3\n", ["column 1", "column 2"], 3),
        (b"a,b,\n1,2,\n3,4,\n", ["a", "b", "column 3"], 2),
        (b"a,b\n1,2,,\n3\n", ["a", "b"], 2),
        (b'"a ""b""","c\nd"\n1,2\n', ['a "b"', "c d"], 1),
    ],
)
def test_headings(data: bytes, names: list[str], n: int) -> None:
    found = frame(data)
    assert list(found.columns) == names
    assert len(found) == n


def test_short_lines_are_filled_with_missing_cells() -> None:
    found = frame(b"a,b,c\n1,2,3\n4\n5,6\n")
    assert found.isna().sum().tolist() == [0, 1, 2]


def test_hostile_cells_stay_text_and_are_exported_harmlessly() -> None:
    cells = [
        '=HYPERLINK("http://example.org")',
        "@SUM(1+1)",
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "<b>alert(1)</b>",
        "plain",
    ]
    table = pd.DataFrame({"=1+1": cells, "number": [-1.5] * 6}).astype({"=1+1": "str"})
    found = frame(table.to_csv(index=False).encode())
    assert found["=1+1"].tolist() == cells
    safe = harmless(found)
    assert safe.columns[0] == "'=1+1"
    assert safe["number"].tolist() == [-1.5] * 6
    assert [cell[0] for cell in safe["'=1+1"]] == ["'", "'", "'", "'", "<", "p"]
    assert found["=1+1"].tolist() == cells


def test_long_cells_and_names_are_cut() -> None:
    found = frame(lines("n" * 500 + ",b", "x" * 5000 + ",1", "y,2", "z,3", "w,4", "v,5"))
    assert len(found.columns[0]) == 40
    assert found.iloc[0, 0] == "x" * 200


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (["2024-03-05"], 5), (["2024-03-05 10:30"], 5), (["2024-03-05T10:30:00"], 5), (["05.03.2024"], 5),
        (["03/05/2024"], 5), (["25/03/2024"], 25), (["2024/03/05"], 5),
    ],
)  # fmt: skip
def test_dates(cells: list[str], day: int) -> None:
    found = typed(pd.Series([*cells, ""], dtype="str"))
    assert kind(found) == DATE
    assert (found[0].year, found[0].month, found[0].day) == (2024, 3, day)
    assert found.isna()[1]


@pytest.mark.parametrize("cells", [["2024-13-05", "x"], ["1-2", "3-4"], ["99.99.2024"]])
def test_what_is_no_date_is_none(cells: list[str]) -> None:
    assert kind(typed(pd.Series(cells, dtype="str"))) in (CATEGORY, TEXT)


def test_one_letter_is_not_yet_a_flag() -> None:
    assert kind(typed(pd.Series(["f"] * 9, dtype="str"))) == CATEGORY
    assert kind(typed(pd.Series(["f", "t"] * 9, dtype="str"))) == FLAG


@pytest.mark.parametrize("cells", [["01067", "80331", "10115"], ["0x1F", "2", "3"], ["1_000", "2", "3"], ["True", "2", "3"]])
def test_codes_are_no_numbers(cells: list[str]) -> None:
    found = typed(pd.Series(cells * 3, dtype="str"))
    assert kind(found) == CATEGORY
    assert set(found) == set(cells)


@pytest.mark.parametrize("cells", [["0", "0.5", "00.5"], ["1e5", "-2.5E-3", "+7"], [".5", "5.", "-0"]])
def test_numbers_in_every_spelling(cells: list[str]) -> None:
    assert typed(pd.Series(cells, dtype="str")).tolist() == [float(cell) for cell in cells]
