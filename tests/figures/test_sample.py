"""Pictures of samples: chosen by shape, complete, and true to the numbers."""

import base64
import io
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest
from PIL import Image

from components.catalogue import discover
from components.figures.answers import confusion, probabilities
from components.figures.estimates import agreement, estimate
from components.figures.observation import ROOM, excerpt, observation, written
from components.figures.sample import gallery, raw
from components.figures.scale import DARK, LIGHT, TICK
from components.measure.confusion import confusion as counted
from components.measure.confusion import hardest, most_frequent, worst

MODALITIES = discover("modalities", "MODALITY")
EXAMPLES = [(m, e) for m in MODALITIES for e in MODALITIES[m].examples]


def smallest(figure: go.Figure) -> float:
    """The smallest font a figure names, in pixels."""
    found: list[float] = []

    def walk(thing: object, inside: bool) -> None:
        if isinstance(thing, dict):
            for key, value in thing.items():
                if key == "size" and inside and isinstance(value, int | float):
                    found.append(value)
                walk(value, inside or "font" in key)
        elif isinstance(thing, list | tuple):
            for value in thing:
                walk(value, inside)

    layout = figure.to_dict()["layout"]
    layout.pop("template", None)
    walk(layout, False)
    return min(found)


def decoded(figure: go.Figure) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(figure.data[0].source.split(",")[1]))))


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_has_its_pictures(name: str, example: str) -> None:
    """Without a word about its name: an eighth modality of a known shape needs no new picture."""
    sample = MODALITIES[name].examples[example]()
    n = len(sample["elements"])
    for scale in (LIGHT, DARK):
        for mark in (0, n // 2, n - 1):
            assert raw(sample, scale, mark).data
            figure = observation(sample, MODALITIES[name].observe(sample), scale, mark)
            assert figure.data
            if "kind" not in sample:
                assert figure.layout.shapes  # the marked element is framed
            assert smallest(raw(sample, scale, mark)) >= TICK <= smallest(figure)


@pytest.mark.parametrize("example", ["cat", "camera", "digit-3"])
def test_the_picture_is_the_pixels(example: str) -> None:
    sample = MODALITIES["vision"].examples[example]()
    shown = decoded(raw(sample))
    assert np.abs(shown.reshape(sample["raw"].shape) / 255 - sample["raw"]).max() <= 0.5 / 255 + 1e-6


def test_clicks_carry_the_number_of_the_element() -> None:
    sample = MODALITIES["vision"].examples["digit-3"]()
    places = raw(sample).data[1]
    assert sorted(places.customdata) == list(range(64))
    assert all(c == y * 8 + x for c, x, y in zip(places.customdata, places.x, places.y, strict=True))


def test_sequences_are_lines_and_unknown_shapes_are_refused() -> None:
    wave = {"raw": None, "elements": np.zeros((50, 2)), "grid": (50,), "rate": 10.0, "unit": "Hz", "about": "a test"}
    assert len(raw(wave, mark=3).data) == 2
    assert raw(wave).data[0].x[-1] == pytest.approx(4.9)
    with pytest.raises(ValueError, match="no picture yet"):
        raw(wave | {"elements": np.zeros(50, int)})
    with pytest.raises(ValueError, match="no picture yet"):
        raw(wave | {"edges": np.zeros((2, 3), int)})


@pytest.mark.parametrize(("example", "mark"), [("digit-3", 0), ("digit-3", 63), ("cat", 0), ("cat", 65535), ("cat", 777)])
def test_matrix_and_vector_hold_the_marked_numbers(example: str, mark: int) -> None:
    """Every framed cell holds a number of the marked pixel: one in the matrix and one in the vector for each colour."""
    sample = MODALITIES["vision"].examples[example]()
    figure = observation(sample, MODALITIES["vision"].observe(sample), LIGHT, mark)
    boxes = [(round(s.x0 + 0.5), round(s.y0 + 0.5)) for s in figure.layout.shapes if s.type == "rect"]
    found = [float(np.nansum([trace.z[y][x] for trace in figure.data if trace.type == "heatmap"])) for x, y in boxes]
    assert sorted(found) == pytest.approx(sorted([*sample["elements"][mark], *sample["elements"][mark]]))


@pytest.mark.parametrize(
    ("length", "marks"), [(64, [0]), (64, [63]), (196_608, [10, 65_546, 131_082]), (3, [1]), (1, [0]), (11, [5])]
)
def test_excerpt(length: int, marks: list[int]) -> None:
    shown = excerpt(length, marks, ROOM)
    entries = [i for i in shown if i is not None]
    assert len(shown) <= ROOM
    assert {0, length - 1, *marks} <= set(entries)
    assert entries == sorted(set(entries))
    for left, right in pairwise(shown):
        assert left is None or right is None or right == left + 1


@pytest.mark.parametrize(
    ("value", "text"), [(0.354, ".35"), (-0.2, "-.20"), (1, "1"), (0, "0"), (-0.001, "0"), (-1.254, "-1.25"), (0.999, "1")]
)
def test_written(value: float, text: str) -> None:
    assert written(value) == text


def test_gallery_holds_every_sample_inside_its_frame() -> None:
    for modality in MODALITIES.values():
        samples = [make() for make in modality.examples.values()]
        figure = gallery(samples, [f"{i}" for i in range(len(samples))])
        assert len(figure.data) >= len(figure.layout.annotations) == len(samples)
    with pytest.raises(ValueError, match="nothing"):
        gallery([], [])


def test_long_titles_of_a_gallery_are_broken_at_their_arrow_and_cut() -> None:
    sample = MODALITIES["set"].examples["digit-3"]()
    titles = ["cat → dog", "a question → a statement", "mountain railway station → train"]
    written = [a.text for a in gallery([sample] * 3, titles).layout.annotations]
    assert written == ["cat → dog", "a question<br>→ a statement", "mountain railwa…<br>→ train"]


def test_confusion_counts() -> None:
    truth, answer = np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 2, 2, 0])
    matrix = counted(truth, answer, 3)
    assert matrix.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 2]]
    assert matrix.sum() == len(truth)
    figure = confusion(matrix, ("a", "b", "c"))
    assert figure.data[0].text[2][2] == "2"
    assert figure.data[0].text[1][0] == ""
    with pytest.raises(ValueError, match="confusion"):
        confusion(matrix, ("a", "b"))


def test_worst_errors_come_first() -> None:
    answer, sure = np.array([0, 1, 0, 1]), np.array([0.9, 0.8, 0.6, 0.7])
    assert worst(answer, sure, np.array([1, 0, 1, 1]), 2).tolist() == [0, 1]
    assert worst(answer, sure, np.array([0, 1, 0, 1]), 2).tolist() == []
    assert most_frequent(np.array([1, 1, 0, 1])) == 0.75


def test_the_hardest_classes_are_those_in_most_errors() -> None:
    matrix = np.array([[5, 0, 1, 0], [0, 9, 0, 0], [3, 0, 1, 0], [0, 0, 1, 7]])
    assert hardest(matrix, 2).tolist() == [0, 2]
    assert hardest(matrix, 9).tolist() == [0, 1, 2, 3]


def test_of_many_classes_the_likeliest_are_shown_in_order() -> None:
    p = np.random.default_rng(0).dirichlet(np.ones(200))
    shown = probabilities(p, tuple(f"c{i}" for i in range(200)), before=p[::-1]).data[0]
    assert shown.y[0] == f"c{p.argmax()}"
    assert len(shown.y) == 10
    assert list(shown.x) == sorted(shown.x, reverse=True)


def test_regression_pictures_hold_the_numbers() -> None:
    truth, answer = np.array([1.0, 2.0, 4.0]), np.array([1.5, 2.0, 3.0])
    figure = agreement(truth, answer, "weight (kg)")
    assert list(figure.data[0].x) == list(figure.data[0].y) == [1, 4]
    assert figure.data[1].y.tolist() == answer.tolist()
    shown = estimate(2.5, 0.4, truth, "weight (kg)", before=1.0)
    assert sum(shown.data[0].y) == 3
    assert shown.data[1].x[0] == 2.5
    assert shown.data[1].error_x.array[0] == 0.4
    assert shown.data[2].x[0] == 1.0
    assert len(estimate(2.5, 0.4, truth, "weight (kg)").data) == 2


def test_probabilities_fade_what_was_before() -> None:
    figure = probabilities(np.array([0.7, 0.3]), ("no", "yes"), before=np.array([0.001, 0.999]))
    assert figure.data[0].text == ("70%", "30%")
    assert np.isnan(figure.data[1].x[0])
    assert len(probabilities(np.array([0.7, 0.3]), ("no", "yes")).data) == 1
