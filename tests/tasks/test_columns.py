"""Cells as numbers: every type, every encoding, every scale, every way to fill a gap, checked by hand."""

import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler

from components.tasks.columns import (
    ALPHABET,
    AS_IS,
    CATEGORY,
    DATE,
    DROP,
    ENCODINGS,
    FILLS,
    FLAG,
    FREQUENCY,
    MARKED,
    MEAN,
    MEDIAN,
    NUMBER,
    ONE_HOT,
    RANKS,
    SCALES,
    STANDARD,
    TEXT,
    UNIT,
    WHOLE,
    ZERO,
    encode,
    kind,
    numbers,
)
from components.tasks.tables import ANSWERS, table

FRAME = pd.DataFrame(
    {
        "mass": [1.0, 2.0, np.nan, 9.0],
        "legs": pd.array([2, 4, 4, None], dtype="Int64"),
        "animal": pd.Categorical(["hen", "cat", "cat", None]),
        "wild": pd.array([True, False, None, False], dtype="boolean"),
        "seen": pd.to_datetime(["1970-01-01", "1971-01-01", None, "2000-01-01"]),
        "name": pd.array(["Ada", "Bo", "Cy", "Di"], dtype="str"),
    }
)


def column(label: str, encoding: str = ONE_HOT, scale: str = AS_IS, missing: str = MEAN) -> list[float]:
    x, wanted = encode(FRAME, "", encoding, scale, missing)
    return x[:, [entry.label for entry in wanted].index(label)].tolist()


def test_types() -> None:
    assert [kind(FRAME[name]) for name in FRAME.columns] == [NUMBER, WHOLE, CATEGORY, FLAG, DATE, TEXT]


def test_a_row_becomes_d_numbers() -> None:
    x, wanted = encode(FRAME, "", ONE_HOT, AS_IS, MEAN)
    assert [entry.label for entry in wanted] == ["mass", "legs", "animal = cat", "animal = hen", "wild", "seen"]
    assert x.shape == (4, 6)
    assert x[1].tolist() == pytest.approx([2, 4, 1, 0, 0, 365 / 365.2425])
    assert encode(FRAME, "mass", ONE_HOT, AS_IS, MEAN)[0].shape == (4, 5)  # what is asked for is not among them


def test_gaps() -> None:
    assert column("mass") == [1, 2, 4, 9]
    assert column("mass", missing=MEDIAN) == [1, 2, 2, 9]
    assert column("mass", missing=ZERO) == [1, 2, 0, 9]
    assert column("mass", missing=MARKED) == [1, 2, 4, 9]
    assert column("mass missing?", missing=MARKED) == [0, 0, 1, 0]
    assert column("animal = cat") == [0, 1, 1, pytest.approx(2 / 3)]
    assert column("wild") == [1, 0, pytest.approx(1 / 3), 0]


def test_encodings_of_categories() -> None:
    assert column("animal, place", ALPHABET) == [1, 0, 0, pytest.approx(1 / 3)]
    assert column("animal, frequency", FREQUENCY)[:3] == pytest.approx([1 / 3, 2 / 3, 2 / 3])


def test_the_alphabet_invents_an_order_and_one_hot_does_not() -> None:
    """One-hot keeps any two different islands equally far apart; places in the alphabet do not."""
    islands = table("penguins")[0][["island"]].drop_duplicates()
    apart = {e: encode(islands, "", e, AS_IS, MEAN)[0] for e in (ONE_HOT, ALPHABET)}
    found = {e: {round(float(np.linalg.norm(x[i] - x[j])), 6) for i in range(3) for j in range(i)} for e, x in apart.items()}
    assert found[ONE_HOT] == {round(2**0.5, 6)}
    assert found[ALPHABET] == {1.0, 2.0}


def test_scales() -> None:
    assert column("mass", scale=UNIT) == [0, 1 / 8, 3 / 8, 1]
    assert column("mass", scale=RANKS) == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert column("legs", scale=RANKS) == pytest.approx([0, 2.5 / 3, 2.5 / 3, 1 / 3])
    standard = np.array(column("mass", scale=STANDARD))
    assert standard.mean() == pytest.approx(0)
    assert standard.std() == pytest.approx(1)
    assert column("animal = cat", scale=STANDARD) == column("animal = cat")  # 0 or 1 already


def test_scikit_learn_agrees() -> None:
    frame, _ = table("wine")
    raw = frame.drop(columns="cultivar").to_numpy(float)
    for scale, theirs in ((STANDARD, StandardScaler()), (UNIT, MinMaxScaler())):
        assert np.allclose(encode(frame, "cultivar", ONE_HOT, scale, MEAN)[0], theirs.fit_transform(raw))
    islands = table("penguins")[0][["island"]]
    assert np.array_equal(
        encode(islands, "", ONE_HOT, AS_IS, MEAN)[0], OneHotEncoder(sparse_output=False).fit_transform(islands.astype(object))
    )


@pytest.mark.parametrize("name", ANSWERS)
def test_every_setting_gives_finite_numbers(name: str) -> None:
    frame, _ = table(name)
    for encoding in ENCODINGS:
        for scale in SCALES:
            for missing in FILLS:
                x, wanted = encode(frame, ANSWERS[name], encoding, scale, missing)
                assert x.shape == (len(frame), len(wanted))
                assert np.isfinite(x).all()


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("missing", [MEAN, MEDIAN, ZERO, MARKED, DROP])
def test_nothing_known_one_row_or_one_value(scale: str, missing: str) -> None:
    empty = FRAME.copy()
    for name in FRAME.columns:
        empty[name] = empty[name].mask([True] * 4)
    for frame in (empty, FRAME.iloc[:1], FRAME.iloc[2:3], FRAME.iloc[[1, 1, 1]].reset_index(drop=True)):
        for encoding in ENCODINGS:
            assert np.isfinite(encode(frame, "", encoding, scale, missing)[0]).all()


def test_an_unknown_category_is_none_of_the_known() -> None:
    wanted = encode(FRAME, "", ONE_HOT, AS_IS, MEAN)[1]
    other = FRAME.iloc[:1].assign(animal=pd.Categorical(["dog"]))
    assert numbers(other, wanted)[0, 2:4].tolist() == [0, 0]
