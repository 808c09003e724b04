"""Linear probes: what can be read is read, what cannot is not; and what was recorded."""

from itertools import islice

import numpy as np
import pytest
import torch

from components.learn.device import settle
from components.learn.gallery import agreement, gallery
from components.learn.piles import FEW, Pile, as_tensor, box, entered, field_of, influence, maps, opened, place_at
from components.learn.probes import LAYERS, Probing, probe, probed, probing
from components.learn.probes_file import DEEP, EXAMS, agreed, known, probes, widths
from components.learn.watching import Watch, network
from components.measure.effective_field import effective, share_inside
from components.modalities.vision import photograph

RNG = np.random.default_rng(0)


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    settle()


def test_separable_features_are_read_without_error_and_random_answers_by_chance():
    y = RNG.integers(4, size=400)
    x = np.eye(4)[y] * 4 + RNG.normal(size=(400, 4)) * 0.3
    assert probe(x[:200], y[:200], x[200:], y[200:]) == 1
    random = RNG.normal(size=(1200, 10))
    label = RNG.integers(4, size=1200)
    assert abs(probe(random[:400], label[:400], random[400:], label[400:]) - 0.25) < 0.06


def test_a_live_run_reads_every_layer_and_starts_like_the_network_alone():
    first, second = islice(probing(Probing(steps=30, every=30)), 2)
    assert first["probed"].shape == (len(LAYERS),)
    assert np.array_equal(first["probed"], probed(network(Watch("mnist"))))
    assert second["probed"][0] == first["probed"][0]  # pixels do not learn
    assert second["probed"][-1] > first["probed"][-1] + 0.05


def test_what_was_recorded_says_what_the_page_says():
    small = probes("small", "digits")
    assert small.trained.shape == small.random.shape == (5, len(LAYERS))
    assert small.at("conv3")[0] > small.at("conv1")[0] > small.at("pixels")[0]
    assert small.trained[:, LAYERS.index("pool")].mean() > small.random[:, LAYERS.index("pool")].mean() + 0.2
    for exam in EXAMS:
        lite = probes("efficientnet", exam)
        assert lite.trained.shape == lite.random.shape == (5, len(DEEP))
        assert np.all(lite.trained.mean(0)[12:18] > lite.random.mean(0)[12:18] + 0.1)


def test_recorded_fields_are_inside_the_theoretical_ones():
    for kind in ("small", "efficientnet"):
        sizes = np.array([f.size for f in opened(Pile(kind))[1]])
        assert np.all(widths(kind) <= sizes + 1e-6)
        assert widths(kind)[-1] < 0.9 * sizes[-1]


def test_every_pile_answers_and_sees_only_its_field():
    for pile in (Pile("own", 5, "stride"), Pile("small"), Pile("efficientnet")):
        picture = entered(pile, "cat", photograph("cat")["raw"])
        found = maps(picture)
        assert list(found) == [f.name for f in opened(pile)[1]]
        layer = list(found)[2]
        shape, known_ = found[layer].shape[1:], field_of(pile, layer)
        place = (place_at(known_, shape[0], pile.side // 2), place_at(known_, shape[1], 0))
        weight = influence(picture, layer, place)
        assert share_inside(weight, box(known_, place, pile.side)) == 1
        assert effective(weight).width <= known_.size


def test_the_influence_is_the_root_of_the_summed_squared_gradients():
    picture = entered(Pile("own"), "cat", photograph("cat")["raw"])
    answers = opened(picture.pile)[0]
    with torch.inference_mode(False):
        x = as_tensor(picture).clone()
        slopes = torch.autograd.functional.jacobian(lambda a: answers(a)["layer3"][0, :, 40, 70], x)
    expected = slopes.square().sum((0, 1, 2)).sqrt().numpy()
    assert expected.max() > 0
    assert np.allclose(influence(picture, "layer3", (40, 70)), expected, atol=1e-5 * expected.max())


def test_mixtures_stand_for_many_channels():
    picture = entered(Pile("efficientnet"), "cat", photograph("cat")["raw"])
    answers = opened(picture.pile)[0]
    with torch.inference_mode(False):
        x = as_tensor(picture).clone().requires_grad_()
        answer = answers(x)["block6"][0, :, 7, 7]
        parts = [torch.autograd.grad(a, x, retain_graph=True)[0].square().sum((0, 1)) for a in answer]
    exact, found = np.sqrt(np.sum([p.numpy() for p in parts], 0)), influence(picture, "block6", (7, 7))
    assert len(parts) > FEW
    assert (found**2).sum() == pytest.approx((exact**2).sum(), rel=0.3)
    assert effective(found).width == pytest.approx(effective(exact).width, rel=0.15)


def test_odd_pictures_enter_every_pile():
    for shape in ((1, 1, 1), (512, 1, 3), (1, 512, 1)):
        for kind in ("own", "small", "efficientnet"):
            picture = entered(Pile(kind), f"odd {shape}", RNG.random(shape).astype(np.float32))
            assert np.isfinite(picture.pixels).all()
            assert picture.pixels.shape[:2] == (Pile(kind).side,) * 2


def test_the_gallery_and_its_features_belong_together():
    assert known("head").shape == (len(gallery()), 1280)
    assert agreed("efficientnet", "head") > agreed("efficientnet", "pixels") + 0.3
    assert agreed("small", "logits") > agreed("small", "pixels")
    groups = np.repeat(np.arange(3), 5)
    assert agreement(np.eye(3)[groups] + RNG.normal(size=(15, 3)) * 0.01, groups, 4) == 1
