"""What was recorded is what the shipped weights do: good enough, exact where the symmetry is built in, and not elsewhere."""

import json
from itertools import islice

import numpy as np
import pytest
from torch import Generator

from components.learn import symmetry_table
from components.learn.segmenting import KINDS, Study, draw_moved_digits, draw_moved_masks, function, study_run, upright
from components.learn.symmetry_table import AMOUNTS, agreement, held_out, kept, recorded_case, recorded_cases, recorded_weights
from components.tasks.mnist import draw_mnist

BOTH = [(aim, network) for aim, networks in KINDS.items() for network in networks]


@pytest.mark.parametrize(("aim", "network"), BOTH)
def test_shipped_networks_are_good_at_what_they_do(aim: str, network: str) -> None:
    score = recorded_case(aim, network, False, "shift", 0).right[0]
    assert score > (0.68 if (aim, network) == ("classify", "learnt") else 0.8 if aim == "segment" else 0.85)


@pytest.mark.parametrize("aim", KINDS)
def test_keeping_all_places_makes_every_shift_exact(aim: str) -> None:
    assert max(case.apart[0] for case in recorded_cases(aim, "even", False, "shift")) < 1e-4


@pytest.mark.parametrize(("aim", "network"), [(a, n) for a, n in BOTH if n in ("usual", "blur", "learnt")])
def test_halving_twice_is_exact_at_multiples_of_four_only(aim: str, network: str) -> None:
    apart = [case.apart[0] for case in recorded_cases(aim, network, False, "shift")]
    assert max(apart[t] for t in (0, 4, 8)) < 1e-4
    assert min(apart[t] for t in (1, 2, 3, 5, 6, 7)) > 1e-2


@pytest.mark.parametrize(("aim", "network"), BOTH)
def test_averaging_makes_turns_and_flips_exact_and_nothing_else_does(aim: str, network: str) -> None:
    for action in ("turn", "flip"):
        assert min(case.apart[0] for case in recorded_cases(aim, network, False, action)) > 1e-2
        assert max(case.apart[0] for case in recorded_cases(aim, network, True, action)) < 1e-4


def test_what_is_learnt_is_better_than_nothing_and_worse_than_built_in() -> None:
    plain, learnt = (recorded_case("classify", n, False, "turn", 90).same[0] for n in ("usual", "learnt"))
    assert plain + 0.3 < learnt < 1
    dense, taught = (recorded_case("classify", n, False, "paper", 3).same[0] for n in ("dense", "taught"))
    assert dense < taught < 1


@pytest.mark.parametrize(("aim", "network"), [("classify", "dense"), ("segment", "usual")])
def test_the_numbers_come_from_the_shipped_weights(aim: str, network: str) -> None:
    f = function(Study(aim, network), recorded_weights(Study(aim, network)), False)
    found, said = kept(aim, f, "turn", 90), recorded_case(aim, network, False, "turn", 90)
    np.testing.assert_allclose(np.array(found), np.array(said), atol=2e-3)


def test_the_file_says_when_and_is_small() -> None:
    assert symmetry_table.RECORDED.stat().st_size < 1e6
    assert {"date", "machine", "torch"} <= set(symmetry_table.about())
    assert json.dumps(symmetry_table.about())


def test_held_out_pictures_are_none_of_those_trained_on() -> None:
    x, y = held_out("classify")
    assert len(x) == len(y) == 300
    trained = {
        a.tobytes() for a in (draw_mnist(4000, Generator().manual_seed(0), "train")[0].numpy() * 255).round().astype(np.uint8)
    }
    assert not trained & {a.tobytes() for a in (x.transpose(0, 3, 2, 1).reshape(300, 1, -1) * 255).round().astype(np.uint8)}


def test_agreement_counts_only_where_asked() -> None:
    a, b = np.zeros((1, 2, 2, 1)), np.ones((1, 2, 2, 1))
    a[0, 0] = 1
    assert agreement(a, b, np.ones((2, 2), bool)) == [0.5]
    assert agreement(a, b, np.array([[True, True], [False, False]])) == [1]
    assert agreement(a * 0, b * 0, np.ones((2, 2), bool)) == [1]


def test_moved_pictures_keep_their_ink_and_their_masks_move_along() -> None:
    x, y = draw_moved_masks(8, Generator().manual_seed(0), "train")
    pictures, masks = upright(x, 3), upright(y, 1)[..., 0] > 0.5
    for picture, mask in zip(pictures, masks, strict=True):  # a digit has one colour: where it moved with its mask, it still does
        assert picture[mask].std(0).mean() < picture[~mask].std(0).mean() + 0.1
    digits, labels = draw_moved_digits(40, Generator().manual_seed(0), "train")
    assert digits.shape == (40, 1, 784)
    assert labels[:5].tolist() == labels[5:10].tolist()
    assert digits.sum(-1).min() > 10


@pytest.mark.parametrize(("aim", "network"), [("segment", "usual"), ("classify", "taught")])
def test_a_run_gives_frames_with_all_that_is_needed_to_look_at_it(aim: str, network: str) -> None:
    study = Study(aim, network)
    first, second = islice(study_run(study), 2)
    assert second["step"] > first["step"] == 0
    weights = {n.removeprefix("weights/"): a for n, a in second.items() if n.startswith("weights/")}
    out = function(study, weights, True)(held_out(aim)[0][:2])
    assert out.shape == ((2, 48, 48, 1) if aim == "segment" else (2, 10))
    assert ((out >= 0) & (out <= 1)).all()


def test_every_action_has_its_amounts() -> None:
    assert len(recorded_cases("segment", "even", False, "angle")) == len(AMOUNTS["angle"]) == 13
