"""Actions on pictures are group actions: they undo each other, add up, and rotation by a quarter is the turn."""

import numpy as np
import pytest

from components.measure.actions import SQUARE, act, back, flip, known, paper_shift, rotate, shift, square, turn

PICTURE = np.random.default_rng(0).random((2, 6, 6, 3))


@pytest.mark.parametrize("shape", [(5, 7, 3), (1, 1, 1), (4, 6, 9, 1)])
def test_four_quarter_turns_two_flips_and_opposite_shifts_are_the_identity(shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(1).random(shape)
    once = x
    for _ in range(4):
        once = turn(once, 1)
    np.testing.assert_array_equal(once, x)
    for which in (1, 2, 3):
        np.testing.assert_array_equal(flip(flip(x, which), which), x)
    np.testing.assert_array_equal(shift(shift(x, 3, 2), -3, -2), x)


def test_a_picture_moves_to_the_right_down_and_anticlockwise() -> None:
    x = np.zeros((5, 5, 1))
    x[1, 1] = 1
    assert shift(x, 2, 1)[2, 3] == paper_shift(x, 2, 1)[2, 3] == 1
    assert flip(x, 1)[1, 3] == flip(x, 2)[3, 1] == flip(x, 3)[3, 3] == 1
    assert turn(x, 1)[3, 1] == 1
    assert rotate(x, 90)[3, 1] == 1


def test_shifts_add_on_the_torus() -> None:
    np.testing.assert_array_equal(shift(shift(PICTURE, 2), 5), shift(PICTURE, 7))
    np.testing.assert_array_equal(shift(PICTURE, 6), PICTURE)


def test_on_paper_what_leaves_is_lost() -> None:
    gone = paper_shift(paper_shift(PICTURE, 2, paper=0.25), -2, paper=0.25)
    np.testing.assert_array_equal(gone[..., :4, :], PICTURE[..., :4, :])
    assert (gone[..., 4:, :] == 0.25).all()
    assert (paper_shift(PICTURE, 6) == 0).all()
    assert (paper_shift(PICTURE, 0, -9) == 0).all()
    np.testing.assert_array_equal(paper_shift(PICTURE, 2), shift(PICTURE, 2) * known("paper", 2, 6, 6)[..., None])


def test_the_eight_symmetries_are_a_group() -> None:
    x = PICTURE[0]
    all_eight = [square(x, *g).tobytes() for g in SQUARE]
    assert len(set(all_eight)) == 8
    for g in SQUARE:
        np.testing.assert_array_equal(back(square(x, *g), *g), x)
        assert {square(square(x, *g), *h).tobytes() for h in SQUARE} == set(all_eight)


@pytest.mark.parametrize("quarters", range(5))
@pytest.mark.parametrize("side", [5, 6])
def test_rotation_by_quarters_is_exact(quarters: int, side: int) -> None:
    x = PICTURE[:, :side, :side]
    np.testing.assert_allclose(rotate(x, 90.0 * quarters), turn(x, quarters), atol=1e-7)


def test_any_other_rotation_is_interpolated_and_not_undone_exactly() -> None:
    r, c = np.mgrid[:32, :32] / 32.0
    smooth = np.sin(3 * r + 2 * c)[..., None]
    inside = rotate(rotate(np.ones((32, 32, 1)), 30), -30)[..., 0] > 0.999
    apart = np.abs(rotate(rotate(smooth, 30), -30) - smooth)[..., 0]
    assert 1e-5 < apart[inside].max() < 0.02  # a smooth picture is nearly kept,
    noise = np.random.default_rng(0).random((32, 32, 1))
    assert np.abs(rotate(rotate(noise, 30), -30) - noise)[inside].max() > 0.2  # a rough one is not


def test_actions_have_names() -> None:
    for name, amount in (("shift", 3), ("paper", 3), ("flip", 2), ("turn", 270), ("angle", 15)):
        assert act(name, amount)(PICTURE).shape == PICTURE.shape
    np.testing.assert_array_equal(act("turn", 180)(PICTURE), turn(PICTURE, 2))
    assert (act("paper", 2, 0.5)(PICTURE)[..., :2, :] == 0.5).all()
    with pytest.raises(ValueError, match="no action"):
        act("shear", 1)
