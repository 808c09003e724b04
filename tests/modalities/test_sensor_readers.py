"""Series as they come: separators, headings, times and rates found out, and one sentence for each that cannot be used."""

import numpy as np
import pytest

from components.modalities.sensor import read
from components.modalities.sensor_readers import CHANNELS, KEPT, KEPT_ROWS, ROWS, series
from components.values import BadInput

TEN = [(i / 10, i % 3, -0.5 * i) for i in range(10)]


def table(mark: str, head: str = "", rows: object = TEN) -> bytes:
    return ("".join([head + "\n"] if head else []) + "\n".join(mark.join(str(v) for v in row) for row in rows)).encode()


BAD = {
    "empty": (b"", "empty"),
    "blank": (b"\n\n   \n", "at least 8 rows"),
    "one row": (b"a,b\n1,2\n", "at least 8 rows"),
    "seven rows and a heading": (b"a,b\n" + b"1,2\n" * 7, "at least 8 rows"),
    "too many bytes": (b"1,2\n" * 2_700_000, "limit is 10 MB"),
    "too many rows": (b"1\n" * (ROWS + 2), "200,000 rows"),
    "too many columns": (b",".join([b"1"] * (CHANNELS + 2)) + b"\n", "at least 8 rows"),
    "wide": ((b",".join([b"1"] * (CHANNELS + 2)) + b"\n") * 9, "64 columns"),
    "sixty-five without times": ((b",".join([b"1"] * (CHANNELS + 1)) + b"\n") * 9, "64 columns"),
    "binary": (bytes(range(256)) * 40, "not a text"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 100, "not a text"),
    "cut utf-16": ("1,2\n".encode("utf-16")[:-1], "not a text"),
    "html": (b"<html><script>alert(1)</script></html>\n" * 10, "made of numbers"),
    "words": (b"hello there you\n" * 10, "made of numbers"),
    "formulas": (b'a,b\n=1+1,=cmd|"/c calc"!A0\n' + b"=1+1,@SUM(A1)\n" * 9, "made of numbers|could not be read"),
    "numbers and words in a column": (table(",", "a,b,c", [*TEN, (1, "<b>x</b>", 2)]), "Column 2"),
    "ragged": (table(",", "", [*TEN, (1, 2, 3, 4, 5)]), "same number of cells"),
    "an open quote": (table(",", "", [*TEN, ('"1', 2, 3), (1, 2, 3)]), "same number of cells|not numbers"),
    "infinity": (table(",", "", [*TEN, (1, 2, "inf")]), "infinite"),
    "overflow": (table(",", "", [*TEN, (1, 2, "1e999")]), "infinite"),
    "huge": (table(",", "", [*TEN, (1, 2, "1e12")]), "limit"),
    "mostly missing": (table(",", "a,b,c", [(i, i, i if i < 5 else "nan") for i in range(20)]), "missing"),
    "short rows": (table(",", "a,b,c", [*TEN[:5], *[(1,)] * 10]), "missing|same number"),
    "times stand still": (table(",", "time,a", [(1, i) for i in range(10)]), "stands still"),
    "times run back": (table(",", "time,a", [(9 - i, i) for i in range(10)]), "goes back"),
    "times with holes": (table(",", "time,a", [("" if i == 4 else i, i) for i in range(10)]), "missing"),
    "times that are words": (table(",", "time,a", [(f"later{i}", i) for i in range(10)]), "neither numbers nor dates"),
    "times infinitely fast": (table(",", "time,a", [(i * 1e-12, i) for i in range(10)]), "million a second"),
    "times too slow": (table(",", "time,a", [(i * 1e9, i) for i in range(10)]), "eleven days"),
    "only times": (table(",", "time,word", [(i, "a") for i in range(10)]), "made of numbers"),
}


@pytest.mark.parametrize("name", BAD)
def test_refusals_are_one_sentence(name: str) -> None:
    data, why = BAD[name]
    with pytest.raises(BadInput, match=why) as refusal:
        series(data)
    text = str(refusal.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert "<" not in text
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize("mark", [",", ";", "\t", " "])
@pytest.mark.parametrize("head", ["", "time_s,up,side"])
def test_separators_and_headings(mark: str, head: str) -> None:
    found = series(table(mark, head.replace(",", mark)))
    assert found.values.shape == (10, 2 if head else 3)
    assert np.allclose(found.values[:, -1], [row[2] for row in TEN])
    assert found.names == (("up", "side") if head else ("column 1", "column 2", "column 3"))
    assert found.rate == (10 if head else 1)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings(coding: str) -> None:
    found = series(table(",", "Höhe,Größe,c").decode().encode(coding))
    assert found.names == ("Höhe", "Größe", "c")
    assert found.values.shape == (10, 3)


@pytest.mark.parametrize(("mark", "wrong"), [(";", ","), ("\t", ",")])
def test_decimal_commas(mark: str, wrong: str) -> None:
    found = series(table(mark, mark.join("abc")).decode().replace(".", wrong).encode())
    assert np.allclose(found.values, TEN)


@pytest.mark.parametrize(
    ("head", "times", "rate"),
    [
        ("Time (ms)", [20 * i for i in range(10)], 50),
        ("timestamp", [1.7e12 + 100 * i for i in range(10)], 10),
        ("timestamp", [1_700_000_000_000_000_000 + 10**7 * i for i in range(10)], 100),
        ("time_us", [500 * i for i in range(10)], 2000),
        ("t", [0.25 * i for i in range(10)], 4),
        ("date", [f"2024-05-01 12:00:{i:02}" for i in range(10)], 1),
        ("elapsed min", list(range(10)), 1 / 60),
    ],
)
def test_times_give_the_rate(head: str, times: list[object], rate: float) -> None:
    found = series(table(",", f"{head},a", [(t, i) for i, t in enumerate(times)]))
    assert found.rate == pytest.approx(rate, rel=1e-3)
    assert found.values[:, 0].tolist() == list(range(10))


def test_uneven_times_are_made_even() -> None:
    time = [0, 1, 2, 3, 10, 11, 12, 13, 14, 15]
    found = series(table(",", "time,a", [(t, 2 * t) for t in time]))
    assert np.allclose(np.diff(found.values[:, 0]), 2 * 15 / 9)


def test_gaps_are_filled_by_straight_lines_and_text_columns_left_out() -> None:
    rows = [(i, "" if i in (3, 4) else 10 * i, "=SUM(A1)") for i in range(12)]
    found = series(table(",", "a,b,note", rows))
    assert found.names == ("a", "b")
    assert np.allclose(found.values[:, 1], [10 * i for i in range(12)])
    assert any("2 missing" in remark for remark in found.remarks)


def test_long_series_are_averaged_to_what_can_be_shown() -> None:
    long = series(b"t,a\n" + b"".join(b"%d,%d\n" % (i, i % 2) for i in range(100_000)))
    assert len(long.values) == KEPT_ROWS
    assert long.rate == pytest.approx(1 / 5)
    wide = series((b",".join([b"0.5"] * CHANNELS) + b"\n") * 20_000)
    assert wide.values.size <= KEPT
    assert any("mean of" in remark for remark in wide.remarks)


def test_a_heading_with_markup_is_kept_as_text_and_cut() -> None:
    sample = read(table(",", "<script>alert(document.cookie)</script>,<b>b</b>,c"))
    assert sample["raw"]["names"][1] == "<b>b</b>"
    assert all(len(name) <= 24 for name in sample["raw"]["names"])
    assert sample["about"].startswith("Your series")
    assert "<" not in sample["about"]
    assert sample["elements"].dtype == np.float32
