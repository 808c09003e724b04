"""Every kind reads sequences of any length; those that claim not to see the order do not, exactly; the others do."""

import pytest
import torch
from torch import Generator

from components.models.sequence_classifier import KINDS, NOTHING, SequenceClassifier, positions


def seeds(*numbers: int) -> list[Generator]:
    return [Generator().manual_seed(n) for n in numbers]


def tokens(b: int, n: int) -> torch.Tensor:
    return torch.randint(0, 9, (1, b, n, 1), generator=Generator().manual_seed(5)).float()


@pytest.mark.parametrize("kind", KINDS)
def test_replicas_are_independent_and_empty_room_behind_changes_nothing(kind):
    both, alone = (SequenceClassifier(kind, 9, 3, 12, s) for s in (seeds(0, 1), seeds(1)))
    x = tokens(4, 8)
    assert both(x.expand(2, -1, -1, -1)).shape == (2, 4, 3)
    assert (both(x.expand(2, -1, -1, -1))[1] - alone(x)[0]).abs().max() < 1e-5
    longer = torch.cat([x, torch.full((1, 4, 3, 1), float(NOTHING))], 2)
    mixed = torch.cat([longer, torch.cat([x, tokens(4, 3)], 2)], 1)  # beside longer ones in the same batch
    assert (alone(longer) - alone(x)).abs().max() < 1e-5
    assert (alone(mixed)[:, :4] - alone(x)).abs().max() < 1e-5


@pytest.mark.parametrize(("kind", "order", "blind"), [(k, True, k == "bag") for k in KINDS] + [("attention", False, True)])
def test_who_sees_the_order(kind, order, blind):
    net, x = SequenceClassifier(kind, 9, 3, 12, seeds(0), order=order), tokens(6, 8)
    change = float((net(x) - net(x.flip(2))).detach().abs().max())
    assert change < 1e-5 if blind else change > 1e-3


def test_unknown_and_negative_tokens_share_a_vector_and_nothing_at_all_is_read_without_a_crash():
    net = SequenceClassifier("bag", 9, 3, 12, seeds(0))
    assert torch.equal(net(torch.full((1, 1, 2, 1), -1.0)), net(torch.full((1, 1, 2, 1), 9.0)))
    for kind in KINDS:
        assert torch.isfinite(SequenceClassifier(kind, 9, 3, 12, seeds(0))(torch.full((1, 2, 4, 1), float(NOTHING)))).all()


def test_positions_are_told_apart_and_an_unknown_kind_is_refused():
    code = positions(200, 32)
    assert torch.cdist(code, code).fill_diagonal_(9).min() > 0.1
    with pytest.raises(ValueError, match="kind is one of"):
        SequenceClassifier("oracle", 9, 3, 12, seeds(0))
