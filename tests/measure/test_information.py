"""B4: bits with known answers."""

import math

import numpy as np
import pytest

from components.catalogue import discover
from components.measure import compression
from components.measure.coarser import merged, scales
from components.measure.compression import adaptive, octree, packed, picture_codes, steps, subsets
from components.measure.information import measure
from components.modalities.pictures import levels, picture
from components.values import Reading, Sample
from tests.measure.samples import chain, hiss, ids, network, points, series, table, tone, words

RNG = np.random.default_rng
TOTAL, H, DENSITY, LEFT = "total information", "entropy of an element", "density", "left at a coarser scale"


def read(sample: Sample) -> dict[str, Reading]:
    return {r["name"]: r for r in measure(sample)}


def test_a_fair_coin_has_one_bit_in_every_sense() -> None:
    found = read(ids(RNG(0).integers(2, size=8000)))
    assert found[H]["value"] == pytest.approx(1, abs=0.002)
    assert found[H]["unit"] == "bits/symbol"
    assert found[TOTAL]["value"] == pytest.approx(8000, rel=0.01)
    assert found[DENSITY]["value"] == pytest.approx(1, rel=0.01)


def test_a_bent_coin_has_less() -> None:
    p = 0.1
    found = read(ids((RNG(0).random(20000) < p).astype(int)))
    h = -p * np.log2(p) - (1 - p) * np.log2(1 - p)
    assert found[H]["value"] == pytest.approx(h, abs=0.01)
    assert found[TOTAL]["value"] == pytest.approx(20000 * h, rel=0.02)


def test_order_lowers_the_total_and_not_the_entropy() -> None:
    ordered = ids(np.tile(np.arange(16), 200))
    mixed = ids(RNG(0).permutation(np.tile(np.arange(16), 200)))
    assert read(ordered)[H]["value"] == pytest.approx(read(mixed)[H]["value"])
    assert read(ordered)[TOTAL]["value"] < 0.2 * read(mixed)[TOTAL]["value"]


def test_random_pixels_cannot_be_compressed_and_a_black_picture_needs_nearly_nothing() -> None:
    noise = picture(RNG(0).integers(0, 256, (64, 64, 3)) / 255, "test")
    bits = 64 * 64 * 24
    assert read(noise)[TOTAL]["value"] == pytest.approx(bits, rel=0.01)
    assert read(picture(np.zeros((64, 64, 3)), "test"))[TOTAL]["value"] < 0.01 * bits
    assert read(picture(np.zeros((64, 64, 3)), "test"))[H]["value"] == 0


def test_a_picture_says_more_bits_than_the_sentence_about_it() -> None:
    modalities = discover("modalities", "MODALITY")
    seen, said = (measure(modalities[m].examples["teacup"]())[0] for m in ("vision", "language"))
    assert seen["unit"] == said["unit"] == "bits"
    assert seen["value"] > 100 * said["value"]


def test_fewer_levels_lower_it() -> None:
    photograph = discover("modalities", "MODALITY")["vision"].examples["camera"]()
    full, few = read(photograph), read(levels(photograph, 4))
    assert few[H]["value"] <= 2.001
    assert few[TOTAL]["value"] < 0.5 * full[TOTAL]["value"]


def test_density_is_per_second_where_there_are_seconds() -> None:
    found = read(tone(440, seconds=2))
    assert found[DENSITY]["unit"] == "bits/s"
    assert found[DENSITY]["value"] == pytest.approx(found[TOTAL]["value"] / 2)
    assert read(words("a b c d"))[DENSITY]["unit"] == "bits/word"
    assert read(words("a b , d"))[DENSITY]["value"] == pytest.approx(read(words("a b , d"))[TOTAL]["value"] / 3)


def test_noise_needs_more_bits_than_a_tone() -> None:
    assert read(hiss())[TOTAL]["value"] > 3 * read(tone(1000))[TOTAL]["value"]
    assert "FLAC" in compression.numbers(*sounding(hiss()))


def sounding(sample: Sample) -> tuple:
    from components.measure.views import symbols

    return symbols(sample), (8000,), 8000


@pytest.mark.parametrize(("bits", "depth"), [(8, 16), (16, 16), (24, 24)])
def test_flac_keeps_every_bit(bits: int, depth: int) -> None:
    import io

    import soundfile

    from components.measure.views import Stream

    wave = RNG(0).integers(0, 2**bits, 4000)
    found = compression.sound_codes(Stream("wave", wave, 2**bits, "wave sample"), 8000)["FLAC"]
    assert found >= 0.95 * 4000 * bits
    whole = (wave - 2 ** (bits - 1)).astype(np.int32) << (32 - bits)
    file = io.BytesIO()
    soundfile.write(file, whole, 8000, format="FLAC", subtype=f"PCM_{depth}")
    assert 8 * len(file.getvalue()) == found
    assert (soundfile.read(io.BytesIO(file.getvalue()), dtype="int32")[0] == whole).all()


def test_the_adaptive_code_is_near_the_entropy_and_a_real_code() -> None:
    """The probabilities of all sequences of four of two symbols add up to one."""
    every = [[(j >> b) & 1 for b in range(4)] for j in range(16)]
    assert sum(2 ** -adaptive(np.array(s), 2) for s in every) == pytest.approx(1)


def test_codes_that_count_count_right() -> None:
    assert subsets(10, 3) == pytest.approx(np.log2(math.comb(10, 3)))
    assert subsets(561, 78) == pytest.approx(math.log2(math.comb(561, 78)))
    assert subsets(1e15, 50) == pytest.approx(math.log2(math.comb(10**15, 50)))
    assert subsets(3, 3) == 0
    found = read(network(34, RNG(0).integers(34, size=(60, 2)).tolist()))[TOTAL]
    assert found["value"] <= math.log2(math.comb(561, 60))
    assert "graphs with as many nodes and edges" in found["estimator"]


def test_packed_and_steps_lose_nothing() -> None:
    values = RNG(0).integers(0, 70_000, 100)
    planes = np.frombuffer(packed(values), np.uint8).reshape(4, -1)
    assert (sum(planes[k].astype(int) << (8 * k) for k in range(4)) == values).all()
    folded = steps(values)
    change = np.where(folded % 2, -(folded + 1) // 2, folded // 2)
    assert (np.cumsum(change) == values).all()


def test_lossless_pictures_come_back() -> None:
    import io

    from PIL import Image

    pixels = RNG(0).integers(0, 256, (20, 30, 3)).astype(np.uint8)
    assert set(picture_codes(pixels)) == {"PNG", "WebP, lossless"}
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format="WEBP", lossless=True, quality=50, exact=True)
    assert (np.asarray(Image.open(file).convert("RGB")) == pixels).all()


def test_an_octree_is_shorter_for_a_surface_than_for_a_cloud() -> None:
    cloud = RNG(0).integers(0, 256, (2000, 3))
    sheet = cloud * [1, 1, 0]
    assert octree(sheet) < 0.75 * octree(cloud)
    assert octree(np.zeros((5, 3), int)) < 20
    assert octree(cloud) >= subsets(2.0**24, 2000) - 10  # no code is shorter than the choice among all sets, on average


def test_a_set_needs_fewer_bits_than_a_list() -> None:
    cloud = RNG(0).random((500, 3))
    assert read(points(cloud))[TOTAL]["value"] < 500 * 24 - 0.9 * math.lgamma(501) / math.log(2)
    mixed = read(points(cloud[RNG(1).permutation(500)]))[TOTAL]["value"]
    assert mixed == pytest.approx(read(points(cloud))[TOTAL]["value"])


def test_columns_add_up() -> None:
    found = read(table(a=list("wxyz") * 100, b=list("uuvv") * 100))[H]
    assert found["value"] == pytest.approx(3, abs=0.01)
    assert found["unit"] == "bits/row"


def test_coarser_scales_have_a_quarter_each() -> None:
    for sample in (
        picture(RNG(0).random((32, 32, 1)), "test"),
        series(RNG(0).standard_normal(1024)),
        points(RNG(0).random((1024, 3))),
    ):
        sizes = [n for n, _ in scales(sample)]
        assert sizes[:4] == [1024, 256, 64, 16]
    assert [n for n, _ in scales(words("a b c d " * 16))] == [64, 16, 4]


def test_smooth_pictures_keep_more_at_coarser_scales_than_noise() -> None:
    noise = picture(RNG(0).integers(0, 256, (64, 64, 1)) / 255, "test")
    assert read(noise)[LEFT]["value"] == pytest.approx(25, abs=3)
    blocks = picture(np.kron(RNG(0).integers(0, 256, (32, 32)), np.ones((2, 2)))[..., None] / 255, "test")
    assert read(blocks)[LEFT]["value"] > 60


def test_merging_halves_a_chain() -> None:
    edges, nodes = merged(chain(40)["edges"], 40)
    assert 20 <= nodes <= 27
    assert edges.max() == nodes - 1


def test_what_is_rounded_or_too_small_says_so() -> None:
    assert "rounded to 256 steps" in read(points(RNG(0).random((50, 3))))[TOTAL]["estimator"]
    assert "likely to be higher" in read(words("every word here is another one"))[H]["estimator"]
    assert "why" in read(words("teacup"))[LEFT]
