"""The symmetry bench: known symmetries are found, known breaks too, and no model of the dashboard is missing."""

from pathlib import Path

import numpy as np
import pytest

from components.learn import bench
from components.learn.bench import EXACT, Kept, answers, meaningful, measure, members, recorded, sides, size_of, table, verdict
from components.learn.bench_actions import ACTIONS, COLUMNS, move, spoken, why_not
from components.learn.bench_entry import FAMILIES, Entry, Graph, find
from components.learn.bench_models import ELSEWHERE, ENTRIES

MODELS = {f.stem for f in (Path(bench.__file__).parents[1] / "models").glob("*.py")} - {"__init__"}
KEPT = [
    *((f"set-{pool}", "permute") for pool in ("sum", "mean", "max", "attention")),
    *((key, "permute") for key in ("represent-alone", "self-attention", "transformer-layer", "odd-one-out", "expand-set")),
    *((key, "permute") for key in ("translation", "complete-set", "order-bag", "order-attention-no-positions", "one-head-blind")),
    *((key, "reverse") for key in ("order-bag", "bag-counts")),
    *((key, "wait") for key in ("time-causal", "time-window")),
    *((key, "shift") for key in ("conv-even", "segment-even", "average-even", "conv2d-torus", "place-1")),
    *((key, "turn") for key in ("average-even", "average-usual", "segment-average")),
    *((key, "flip") for key in ("average-even", "segment-average")),
    *((f"graph-{kind}", "relabel") for kind in ("convolution", "mean", "sum", "max", "attention", "isomorphism", "represent")),
    *((key, "relabel") for key in ("node-classifier", "molecule", "graph-classifier-sum", "node-network")),
]  # fmt: skip
BROKEN = [
    *((key, "permute") for key in ("set-concatenate", "set-sum-own", "represent-alone-own", "represent-dense", "row-network")),
    *((key, "permute") for key in ("order-feedforward", "order-lstm", "order-attention", "one-head-placed", "minilm-tokens")),
    *((key, "wait") for key in ("time-own", "time-rnn")),
    *((key, "shift") for key in ("conv-dense", "place-own", "place-concat", "picture", "segment-usual", "pixels-all-own")),
    *((key, "turn") for key in ("conv-even", "segment-even", "conv2d-1")),
    *((key, "relabel") for key in ("graph-own", "graph-places", "node-classifier-own", "graph-classifier-concatenate")),
    ("link-network", "relabel"),
    ("graph-mean", "permute"), ("set-max", "rotate"), ("complete-set", "rotate"),
]  # fmt: skip


def worst(key: str, action: str) -> float:
    return max(measure(ENTRIES[key], action, own).error for _, name, own in COLUMNS if name == action)


@pytest.mark.parametrize(("key", "action"), KEPT)
def test_known_symmetries_are_exact(key: str, action: str) -> None:
    assert worst(key, action) < EXACT


@pytest.mark.parametrize(("key", "action"), BROKEN)
def test_known_breaks_are_large(key: str, action: str) -> None:
    assert worst(key, action) > 1e-2


@pytest.mark.parametrize(("key", "step"), [("conv-usual", 4), ("place-4", 4), ("place-2", 2), ("vit-4-blind", 4)])
def test_a_stride_keeps_its_own_shifts_only(key: str, step: int) -> None:
    for pixels in (1, 2, 4):
        error = measure(ENTRIES[key], "shift", (pixels,)).error
        assert error < EXACT if pixels % step == 0 else error > 1e-2


def test_every_model_of_the_dashboard_is_on_the_bench_or_named_with_a_reason() -> None:
    there = {name for entry in ENTRIES.values() for name in entry.modules}
    assert not there & set(ELSEWHERE)
    assert MODELS - there - set(ELSEWHERE) == set(), "put the new model on the bench, or into ELSEWHERE with a reason"
    assert there <= MODELS
    assert all(ELSEWHERE.values())


def test_every_cell_computes_or_says_why() -> None:
    heavy = {"efficientnet", "minilm-tokens", "minilm-sentence", "average-usual", "average-even", "segment-average", "place-1"}
    for entry in ENTRIES.values():
        for action, about in ACTIONS.items():
            why = why_not(entry, action, about.start)
            if why:
                assert why.endswith(".")
                assert len(why) > 20
                assert measure(entry, action, (about.start,)) == pytest.approx(Kept(why=why), nan_ok=True)
            elif entry.key not in heavy:
                found = sides(entry, action, about.start)
                assert np.isfinite(found.error), (entry.key, action)
                assert found.left.dtype.kind == "f"


def test_every_entry_is_told_and_its_inputs_agree_with_its_output() -> None:
    for entry in ENTRIES.values():
        assert entry.because.endswith("."), entry.key
        assert entry.data, entry.key
        if entry.key in ("efficientnet", "minilm-tokens"):
            continue
        x, y = entry.inputs()[0], answers(entry)[0]
        if entry.out == "elements" and entry.kind != "picture":
            assert len(y) == len(x.features if isinstance(x, Graph) else x), entry.key
        if entry.classes:
            assert y.ndim == 1
            assert len(y) > 1


def test_the_error_is_the_one_in_the_formula() -> None:
    entry = ENTRIES["set-concatenate"]
    x = entry.inputs()[1]
    found = sides(entry, "permute", 2, 1)
    order = np.random.default_rng(2).permutation(len(x))
    f = entry.make()
    top = max(np.abs(f(one)).max() for one in entry.inputs())
    assert np.array_equal(found.moved, x[order])
    assert found.error == pytest.approx(np.abs(f(x[order]) - f(x)).max() / top)
    assert size_of(entry) == pytest.approx(top)


def test_a_new_numbering_is_the_same_graph() -> None:
    entry = ENTRIES["graph-sum"]
    x = entry.inputs()[0]
    moved = move(entry, "relabel", 3, x).act(x)
    assert isinstance(x, Graph)
    assert isinstance(moved, Graph)
    pairs = [{tuple(sorted((tuple(g.places[a]), tuple(g.places[b])))) for a, b in g.edges.T} for g in (x, moved)]
    assert pairs[0] == pairs[1]
    assert not np.array_equal(x.places, moved.places)


def test_waiting_is_compared_where_both_sides_know() -> None:
    words, series = ENTRIES["writer-rnn"], ENTRIES["time-causal"]
    text = words.inputs()[0]
    g = move(words, "wait", 4, text)
    assert len(g.act(text)) == len(text) + 4
    y = np.ones((len(text), 3))
    assert g.known(g.echo(y))[:4].sum() == 0
    assert g.known(g.echo(y))[4:].all()
    assert np.shape(move(series, "wait", 4, series.inputs()[0]).act(series.inputs()[0])) == np.shape(series.inputs()[0])


def test_the_recorded_table_is_of_these_models_and_right() -> None:
    for family in FAMILIES:
        frame = recorded(family)
        for i, entry in enumerate(members(family)):
            for j, (_, action, amounts) in enumerate(COLUMNS):
                assert np.isfinite(frame["error"][i, j]) != bool(why_not(entry, action, amounts[0])), (entry.key, action)
    keys = [e.key for e in members("sets")]
    for key in ("set-sum", "set-concatenate", "represent-dense"):
        now = measure(ENTRIES[key], "permute")
        then = recorded("sets")["error"][keys.index(key), 0]
        assert then == pytest.approx(now.error, rel=0.02, abs=2e-6)
    assert bench.about().keys() >= {"date", "machine", "torch"}


def test_a_live_table_fills_cell_by_cell() -> None:
    frames = list(table("sets", only=("set-sum", "set-sum-own")))
    assert len(frames) == int(frames[-1]["steps"]) == 6
    assert [int(f["step"]) for f in frames] == list(range(1, 7))
    counts = [int(np.isfinite(f["error"]).sum()) for f in frames]
    assert counts == sorted(set(counts))
    assert frames[-1]["error"][0, 0] < EXACT < frames[-1]["error"][1, 0]


def test_words_of_actions_and_verdicts() -> None:
    assert [verdict(e) for e in (0, 1e-7, 1e-3, 0.1, np.nan)] == ["exact", "exact", "nearly", "not", "none"]
    assert spoken("shift", 4) == "→ 4 px"
    assert spoken("flip", 2) == "↕"
    assert set(meaningful("graphs")) < set(meaningful("all"))
    for about in ACTIONS.values():
        assert about.start in about.amounts


def test_two_entries_of_one_name_are_refused() -> None:
    entry = ENTRIES["set-sum"]
    with pytest.raises(ValueError, match="key of its own"):
        find([entry, entry])
    assert isinstance(entry, Entry)
