"""B3: structure is found where it was put, and not where it was taken away."""

import numpy as np
import pytest

from components.measure.structure import measure
from components.measure.structure_graph import communities, transitivity
from components.measure.structure_grid import autocorrelation
from components.measure.structure_set import points_of
from components.measure.surrogates import COPIES, outside, rewired, simple
from components.modalities.pictures import picture
from components.values import Reading, Sample
from tests.measure.samples import chain, ids, network, points, series, table, tone, video, words

RNG = np.random.default_rng
NONE = "none found beyond chance"


def read(sample: Sample) -> dict[str, Reading]:
    return {r["name"]: r for r in measure(sample)}


def word(sample: Sample) -> str:
    return read(sample)["kind of structure"]["text"]


def outside_band(reading: Reading) -> np.ndarray:
    return (reading["curve"]["y"] < reading["curve"]["low"]) | (reading["curve"]["y"] > reading["curve"]["high"])


def walk(steps: int, keep: float, seed: int = 0) -> np.ndarray:
    """x_t = keep x_(t-1) + noise: its correlation at distance l is keep^l."""
    x, noise = np.zeros(steps), RNG(seed).standard_normal(steps)
    for t in range(1, steps):
        x[t] = keep * x[t - 1] + noise[t]
    return x


def test_white_noise_has_no_structure() -> None:
    """The band is left in 5 % of places, as it says, and the card shows next to nothing."""
    found = [measure(series(RNG(seed).standard_normal(600))) for seed in range(100, 120)]
    for which in (0, 1):
        assert 0.01 < np.mean([outside_band(r[which]) for r in found]) < 0.1
    assert max(r[0]["value"] for r in found) < 2
    assert np.mean([NONE in r[2]["text"] for r in found]) >= 0.85
    still = measure(picture(RNG(3).integers(0, 256, (64, 64, 1)) / 255, "test"))
    assert still[0]["value"] < 0.1
    assert NONE in still[2]["text"]


def test_a_smooth_series_has_structure_and_its_shuffled_copy_none() -> None:
    x = walk(3000, 0.8)
    found = read(series(x))
    assert found["what a neighbour tells"]["value"] == pytest.approx(64, abs=4)
    assert found["correlation length"]["value"] == pytest.approx(0.01 / -np.log(0.8), rel=0.15)
    assert found["correlation length"]["unit"] == "s"
    assert "temporal" in word(series(x))
    assert NONE not in word(series(x))
    assert NONE in word(series(RNG(4).permutation(x)))


def test_a_sine_comes_back_after_a_period() -> None:
    x = np.sin(2 * np.pi * np.arange(4000) / 40)[:, None] * np.sqrt(2)
    r = autocorrelation(x, np.array([10, 20, 40]))
    assert r == pytest.approx([0, -1, 1], abs=0.01)
    assert measure(tone(100))[0]["value"] > 98


def test_a_picture_is_spatial_in_both_directions() -> None:
    smooth = np.add.outer(np.arange(64), 2 * np.arange(64)) / 189
    found = measure(picture(smooth[..., None], "test"))
    assert found[0]["value"] > 90
    assert found[1]["value"] > 90
    assert "blocks of 8 × 8" in found[1]["estimator"]
    assert "hierarchical" in found[2]["text"]
    assert found[2]["value"] == 2
    mixed = RNG(8).permutation(smooth.ravel()).reshape(64, 64, 1)
    assert measure(picture(mixed, "test"))[0]["value"] < 0.5
    assert measure(picture(mixed, "test"))[1]["value"] == pytest.approx(100 / 64, rel=0.5)


def test_what_never_moves_says_so() -> None:
    assert "all elements have the same value" in measure(picture(np.zeros((9, 9, 3)), "test"))[0]["why"]
    assert "fewer than 4" in measure(series(np.arange(3)))[0]["why"]
    assert measure(video())[2]["value"] == 3


def markov(length: int) -> str:
    """Each of eight words is followed by one of two."""
    found, rng = [0], RNG(0)
    for _ in range(length - 1):
        found.append((2 * found[-1] + int(rng.integers(2))) % 8)
    return " ".join(f"w{j}" for j in found)


def test_words_that_follow_each_other_are_told_apart_from_shuffled_ones() -> None:
    """H = 3 bits, 1 of them new: the word before tells 2 of 3."""
    text = markov(2000)
    ordered = words(text)
    mixed = words(" ".join(RNG(2).permutation(text.split())))
    assert measure(ordered)[0]["value"] == pytest.approx(100 * 2 / 3, abs=2)
    assert abs(measure(mixed)[0]["value"]) < 1
    assert NONE not in word(ordered)
    assert NONE in word(mixed)


def test_few_words_at_random_tell_nothing_though_the_plug_in_estimate_says_so() -> None:
    found = measure(words(" ".join(f"w{j}" for j in RNG(5).integers(20, size=120))))[0]
    assert found["curve"]["y"][0] > 1
    assert abs(found["value"]) < 3


def test_words_that_gather_in_parts_are_found() -> None:
    rng = RNG(1)
    text = [f"{part}{j}" for part in "abcd" for j in rng.integers(5, size=64)]
    found = measure(words(" ".join(text)))[1]
    assert found["value"] == pytest.approx(2, abs=0.5)
    assert abs(measure(words(" ".join(rng.permutation(text))))[1]["value"]) < 0.1


def test_short_and_even_texts_say_why() -> None:
    assert "fewer than 6 words" in measure(words("teacup"))[0]["why"]
    assert "the same" in measure(words("no " * 20))[0]["why"]
    assert "neither an order" in measure(ids(np.arange(9), grid=False))[0]["why"]


def test_rewiring_keeps_every_degree_and_makes_simple_graphs() -> None:
    nodes = 60
    edges = simple(RNG(0).integers(nodes, size=(2, 150)), nodes)
    copies = rewired(edges, nodes, RNG(1))
    assert len(copies) == COPIES
    old = {tuple(e) for e in edges.T.tolist()}
    for copy in copies:
        assert (np.bincount(copy.ravel(), minlength=nodes) == np.bincount(edges.ravel(), minlength=nodes)).all()
        assert (copy[0] < copy[1]).all()
        new = {tuple(e) for e in copy.T.tolist()}
        assert len(new) == edges.shape[1]
        assert len(new & old) < 0.4 * len(old)


def test_triangles_are_counted() -> None:
    triangle = np.array([[0, 0, 1], [1, 2, 2]])
    assert transitivity(triangle, 3) == pytest.approx(1)
    assert transitivity(np.array([[0, 1], [1, 2]]), 3) == 0
    assert np.isnan(transitivity(np.array([[0], [1]]), 2))
    kite = np.array([[0, 0, 1, 2], [1, 2, 2, 3]])
    assert transitivity(kite, 4) == pytest.approx(3 / 5)


def test_cliques_are_communities_and_a_chain_has_no_triangles() -> None:
    cliques = [(5 * c + a, 5 * c + b) for c in range(6) for a in range(5) for b in range(a)] + [
        (5 * c, 5 * c + 5) for c in range(5)
    ]
    found = measure(network(30, cliques))
    assert found[0]["value"] > 40
    assert found[1]["value"] > 0.2
    assert found[1]["curve"]["y"].tolist() == [5] * 6
    assert "explicit: the edges are given; communities" in found[2]["text"]
    line = measure(chain(40))
    assert abs(line[0]["value"]) < 10
    assert communities(np.array([[0, 2], [1, 3]]), 4)[1] == [2, 2]


def test_a_random_graph_has_no_structure() -> None:
    made = np.argwhere(np.triu(RNG(2).random((80, 80)) < 0.08, 1))
    assert NONE in word(network(80, made.tolist()))
    assert "no edges" in measure(network(5, []))[1]["why"]


@pytest.mark.parametrize(("shape", "d"), [("line", 1), ("sheet", 2), ("cube", 3)])
def test_dimensions_of_shapes(shape: str, d: int) -> None:
    cube = RNG(0).random((1000, 3))
    cube[:, d:] = 0
    turned = cube @ np.linalg.qr(RNG(1).standard_normal((3, 3)))[0]
    assert measure(points(turned))[1]["value"] == pytest.approx(d, abs=0.35)


def test_scattered_gathered_and_even_points() -> None:
    rng = RNG(6)
    gathered = rng.random((20, 3)).repeat(20, 0) + 0.005 * rng.standard_normal((400, 3))
    even = np.stack(np.meshgrid(*[np.arange(8.0)] * 3), -1).reshape(-1, 3)
    found = {
        name: measure(points(p)) for name, p in {"scattered": rng.random((400, 3)), "gathered": gathered, "even": even}.items()
    }
    assert found["scattered"][0]["value"] == pytest.approx(1, abs=0.06)
    assert found["gathered"][0]["value"] < 0.5
    assert found["even"][0]["value"] > 1.4
    assert NONE in found["scattered"][2]["text"]
    assert NONE not in found["gathered"][2]["text"]


def test_the_order_of_points_and_rows_means_nothing() -> None:
    cloud = RNG(0).random((300, 3))
    there, back = (measure(points(c))[0]["value"] for c in (cloud, cloud[::-1]))
    assert there == pytest.approx(back, rel=1e-9)
    a = RNG(0).standard_normal(300)
    rows = table(a=a, b=a + 0.1 * RNG(1).standard_normal(300)), table(a=a[::-1], b=(a + 0.1 * RNG(1).standard_normal(300))[::-1])
    first, second = (measure(t)[0]["value"] for t in rows)
    assert first == pytest.approx(second, abs=1)


def test_constant_coordinates_are_left_out() -> None:
    flat = np.c_[RNG(0).random((50, 2)), np.ones(50)]
    assert points_of(points(flat)).shape == (50, 2)
    assert "same place" in measure(points(np.ones((9, 3))))[0]["why"]


def test_columns_that_tell_of_each_other_are_found_whatever_their_type() -> None:
    rng = RNG(3)
    a = rng.standard_normal(400)
    linked = table(a=a, b=a**2 + 0.1 * rng.standard_normal(400), c=np.where(a > 0, "yes", "no"))
    alone = table(a=a, b=rng.standard_normal(400), c=rng.choice(["yes", "no"], 400))
    assert measure(linked)[0]["value"] > 30
    assert abs(measure(alone)[0]["value"]) < 1
    assert NONE in word(alone)
    assert "latent: between columns" in word(linked)


@pytest.mark.parametrize("k", [0, 1, 2])
def test_latent_dimensions_are_counted(k: int) -> None:
    """Six columns made of k hidden numbers and noise."""
    rng = RNG(7)
    hidden, noise = rng.standard_normal((500, k)), rng.standard_normal((500, 6))
    weights = np.kron(np.eye(k), np.ones((1, 6 // k))) * 2 if k else np.zeros((0, 6))
    x = hidden @ weights + noise
    assert measure(table(**{f"c{j}": x[:, j] for j in range(6)}))[1]["value"] == k


def test_what_lies_within_chance_is_marked() -> None:
    rng = np.random.default_rng(0)
    by_luck = " ".join(rng.choice(list("abcdefgh"), 200))
    within, beyond = (measure(words(text))[0] for text in (by_luck, markov(400)))
    assert within.get("chance")
    assert "below 0: less than in shuffled copies" in within["estimator"]
    assert "chance" not in beyond
    noise, smooth = (measure(series(x))[0] for x in (rng.standard_normal(400), np.cumsum(rng.standard_normal(400))))
    assert noise.get("chance")
    assert "chance" not in smooth
    flat, told = rng.standard_normal((2, 300))
    assert measure(table(a=flat, b=told))[0].get("chance")
    assert "chance" not in measure(table(a=flat, b=flat + 0.1 * told))[0]
    assert measure(points(rng.random((300, 3))))[0].get("chance")
    assert "chance" not in measure(points(rng.random((300, 3)) ** 4))[0]


def test_outside_is_beyond_all_copies() -> None:
    copies = np.arange(39.0)
    assert outside(39.0, copies)
    assert outside(-1.0, copies)
    assert not outside(38.0, copies)
