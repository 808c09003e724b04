"""What is shown of a recurrent network is what it computes; its gradients are those of the chain rule."""

import numpy as np
import pytest
import torch

from components.learn.unrolling import CELLS, QUESTIONS, gradients, model, recorded, unrolled
from components.measure.gradient_distance import fallen, gradient_sizes

IDS = np.array([2, 0, 3, 1, 4, 0, 5])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_parts_add_up_and_the_last_answer_is_the_models(cell, question):
    found, net = unrolled(cell, question, IDS), model(cell, question)
    z = found["own"] + found["past"]
    if cell == "rnn":
        assert np.abs(np.tanh(z) - found["state"]).max() < 1e-5
    elif cell == "ssm":
        assert np.abs(z - found["state"]).max() < 1e-4
    else:
        i, f, g, o = np.split(z, 4, -1)
        before = np.concatenate([np.zeros_like(found["c"][:1]), found["c"][:-1]])
        c = before / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        assert np.abs(c - found["c"]).max() < 1e-5
        assert np.abs(np.tanh(c) / (1 + np.exp(-o)) - found["state"]).max() < 1e-5
    for n in (1, 4, len(IDS)):  # what it would say after n tokens is what it says of them alone
        said = net(torch.from_numpy(IDS[:n]).view(1, 1, n, 1).float())[0, 0].softmax(-1)[1]
        assert abs(float(said.detach()) - found["p"][n - 1]) < 1e-5


@pytest.mark.parametrize(("cell", "least"), [("rnn", 0.95), ("lstm", 0.95), ("ssm", 0.9)])
def test_they_learnt_which_came_last(cell, least):
    assert recorded()[f"{cell}/last/accuracy"] > least
    assert unrolled(cell, "last", np.array([0, 3, 4, 1, 2]))["p"][-1] > 0.5
    assert unrolled(cell, "last", np.array([1, 3, 4, 0, 2]))["p"][-1] < 0.5


def test_gradients_of_a_linear_recurrence_are_its_powers():
    u = torch.tensor([[0.5, 0.2], [0.0, 0.8]])

    def last(x: torch.Tensor) -> torch.Tensor:
        state = torch.zeros(len(x), 2)
        for t in range(x.shape[1]):
            state = state @ u + x[:, t]
        return state

    found = gradient_sizes(last, torch.randn(3, 10, 2))
    powers = [float(torch.linalg.matrix_power(u, k).norm()) for k in range(10)]
    assert np.allclose(found, powers, rtol=1e-4)


def test_what_vanishes_and_what_does_not():
    start = {cell: gradients(cell, "last", False) for cell in ("rnn", "ssm", "attention")}
    assert fallen(start["rnn"]) < 10
    assert fallen(start["ssm"]) == np.inf
    assert start["attention"][1:].max() / start["attention"][1:].min() < 2
    assert fallen(gradients("lstm", "sentiment", True)) > fallen(gradients("rnn", "sentiment", True))
    assert gradients("rnn", "last", False, 3.0)[20] > 1000 * start["rnn"][20]
