"""What the controls of "Forward, backward, step" say, and which cell is written out."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from components.figures.unfolded import Cell
from components.learn.unfolding import Act, Moment, acts, descent


class Asked(NamedTuple):
    """What the controls say."""

    sample: str
    kind: str
    rate: float
    turns: bool
    pace: str

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All steps."""
        from components.learn.device import settle

        settle()
        return descent(self.kind, self.sample, self.rate, self.turns)

    @property
    def acts(self) -> tuple[Act, ...]:
        """One step of descent, as the player goes through it."""
        first = self.moments[0]
        return acts(self.kind, tuple(first.blocks), tuple(first.weights), self.pace)


def largest(name: str, table: np.ndarray) -> Cell:
    """The cell of a block with the largest number, whatever its sign."""
    i, j = divmod(int(np.abs(table).argmax()), table.shape[1])
    return name, i, j


def chosen(asked: Asked) -> Cell:
    """The cell in the address, else the weight W that matters most at first."""
    first = asked.moments[0]
    parts = st.query_params.get("numcell", "").split(":")
    known = first.blocks | first.weights
    if len(parts) == 3 and parts[0] in known and parts[1].isdecimal() and parts[2].isdecimal():
        i, j = int(parts[1][:4]), int(parts[2][:4])
        if i < known[parts[0]].shape[0] and j < known[parts[0]].shape[1]:
            return parts[0], i, j
    return largest("W", first.slopes["W"])


def pointed(asked: Asked, at: int, act: Act, moment: Moment) -> Cell:
    """The cell written out now: the one just clicked, else one of the block the player is at."""
    cell = chosen(asked)
    clicked = "numcell" in st.query_params and st.session_state.get("num-clicked", at) == at
    if clicked or cell[0] in act.blocks or len(act.blocks) > 3 or asked.pace == "steps":
        return cell
    name = act.blocks[0]
    table = moment.slopes[name] if act.phase == "backward" else (moment.blocks | moment.weights)[name]
    return largest(name, table)
