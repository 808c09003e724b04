"""The numbers are zero for symmetric functions and the known difference for others."""

import numpy as np

from components.measure.symmetry import equivariance, invariance, permutation

X = np.array([[1.0, 2.0], [3.0, 5.0], [7.0, 11.0]])
SWAP = permutation(np.array([1, 0, 2]))


def test_a_sum_is_invariant():
    assert invariance(lambda x: x.sum(-2), X, [SWAP]).tolist() == [0.0]


def test_the_first_element_is_not():
    assert invariance(lambda x: x[0], X, [SWAP]).tolist() == [3.0]


def test_a_map_of_each_element_is_equivariant_and_not_invariant():
    assert equivariance(lambda x: x**2, X, [SWAP]).tolist() == [0.0]
    assert invariance(lambda x: x**2, X, [SWAP])[0] > 0


def test_a_running_sum_is_not_equivariant():
    assert equivariance(lambda x: x.cumsum(-2), X, [SWAP])[0] > 0


def test_the_action_on_the_output_may_differ():
    identity = [lambda y: y]
    assert equivariance(lambda x: x.sum(-2), X, [SWAP], identity).tolist() == [0.0]
