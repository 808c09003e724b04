"""The exercises of the graph modality: what is asked, how it is split, and how it is learnt."""

from collections.abc import Mapping
from functools import partial

import numpy as np

from components.modalities.base import Exercise
from components.modalities.graph_sample import shipped
from components.modalities.graph_specimens import neurons
from components.modalities.graph_tasks import (
    enter_country,
    enter_molecule,
    enter_node,
    enter_pair,
    fat_network,
    flight_network,
    link_network,
    mutagen_network,
    node_network,
    show_country,
    show_molecule,
    show_node,
    show_pair,
    translation_network,
)
from components.tasks.knowledge import TEST_COUNTRIES, draw_answers, neighbours
from components.tasks.links import common, draw_network_pairs, draw_pairs, split
from components.tasks.molecules import MUTAG_TESTED, NCI_TESTED, counted, draw_molecules
from components.tasks.nodes import CLUB, CLUB_TESTED, TESTED, WORM, degrees, draw_kinds
from components.values import Sample

FLIGHTS, AIRPORTS, ROUTES = "airports", 300, 1941
FEWEST_EDGES, ROOM = 20, 8_000_000  # numbers in a training pool
STRANGER = "the stranger it shares most neighbours with"


def _edges_of(name: str) -> np.ndarray:
    return shipped(name)["edges"]


def show_flight(x: np.ndarray) -> Sample:
    """The two airports behind an observation, and their neighbours."""
    return show_pair(x, _edges_of(FLIGHTS), AIRPORTS, shipped(FLIGHTS))


MOLECULE_TASKS = {
    "mutagen": Exercise(
        "Does this molecule cause mutations?",
        ("no", "yes"),
        partial(draw_molecules, source="mutag"),
        "renumbering the atoms",
        enter_molecule,
        partial(show_molecule, source="mutag"),
        "MUTAG: 188 nitroaromatics, measured on bacteria; 138 to train on, 50 to test on. Molecules with the same graph are in "
        "one part. The network sees atoms and bonds, neither hydrogens nor whether a bond is double. scikit-learn counts atoms. "
        "Of 50 molecules one is 2 %: over six splits the network had 84 % right, counting atoms 82 %.",
        order="fixed",
        network=mutagen_network,
        flat=counted,
        sizes=(20, 60, 138),
        test=MUTAG_TESTED,
        steps=300,
        rate=3e-3,
        suits=("mutagen", "harmless", "caffeine", "aspirin"),
        data=("molecules.npz",),
    ),
    "log P": Exercise(
        "Does it prefer fat to water, and how much?",
        ("log P",),
        partial(draw_molecules, source="nci"),
        "renumbering the atoms",
        enter_molecule,
        partial(show_molecule, source="nci"),
        "1,000 molecules of the NCI to train on, 500 to test on; no ring skeleton and no graph is in both. Log P was computed "
        "by RDKit from the structure, not measured. scikit-learn counts atoms.",
        order="fixed",
        goal="regression",
        unit="powers of ten",
        network=fat_network,
        flat=counted,
        sizes=(50, 200, 1000),
        test=NCI_TESTED,
        suits=("mutagen", "harmless", "caffeine", "aspirin"),
        data=("molecules.npz",),
    ),
}


def own(sample: Sample) -> Mapping[str, Exercise]:
    """The tasks a learner's own graph brings: those of molecules; or, from 20 edges on, finding held-out links of its own."""
    if "letters" in sample["raw"]:
        return MOLECULE_TASKS
    edges, nodes = sample["edges"], len(sample["elements"])
    train, test = split(edges) if edges.size else (edges, edges)
    if train.shape[1] + test.shape[1] < FEWEST_EDGES:
        return {}
    most = min(2 * train.shape[1], ROOM // (2 * nodes))
    link = Exercise(
        f"Is the marked node linked to {STRANGER}?",
        ("no link", "a link"),
        partial(draw_pairs, edges=edges, nodes=nodes),
        "the order of the two nodes",
        partial(enter_pair, source="own", nodes=nodes, needs="your graph"),
        partial(show_pair, edges=edges, nodes=nodes, whole=sample),
        f"{train.shape[1]:,} of your links to train on, {test.shape[1]:,} held out to test on, each with as many pairs without a "
        "link. The network sees training links only. scikit-learn counts common neighbours.",
        order="fixed",
        network=partial(link_network, edges=edges, nodes=nodes),
        flat=common,
        sizes=(max(2, most // 4), most),
        test=min(2 * test.shape[1], ROOM // (4 * nodes)),
        steps=300,
        rate=4e-3,
    )
    return {"link": link}


TASKS = {
    "side": Exercise(
        "Which side did this member take when the club split?",
        ("Mr. Hi", "Officer"),
        partial(draw_kinds, name=CLUB),
        "renumbering the nodes",
        partial(enter_node, name=CLUB),
        partial(show_node, name=CLUB),
        "17 members to train on, the 17 others to test on: one member is 6 %. Members who met the same people are in one "
        "part. The network sees who met whom, but the side of the "
        "training members only; scikit-learn sees how many somebody met.",
        order="fixed",
        network=partial(node_network, name=CLUB),
        flat=degrees,
        sizes=(4, 8, 17),
        test=CLUB_TESTED,
        steps=200,
        suits=(CLUB,),
        data=("networks.npz",),
    ),
    "node": Exercise(
        "What does this neuron do?",
        ("inter", "motor", "sensory"),
        draw_kinds,
        "renumbering the nodes",
        enter_node,
        show_node,
        "219 neurons to train on, 73 to test on. Left and right copies and numbered series have nearly the same synapses, so a "
        "class of neurons is in one part only. The network sees every synapse, but the kinds of training neurons only; "
        "scikit-learn sees how many synapses go out and come in.",
        order="fixed",
        network=partial(node_network, name=WORM),
        flat=degrees,
        sizes=(50, 100, 219),
        test=TESTED,
        specimens=neurons,
        steps=300,
        suits=(WORM,),
        data=("networks.npz",),
    ),
    "link": Exercise(
        f"Are there flights between the marked airport and {STRANGER}?",
        ("no", "yes"),
        partial(draw_network_pairs, name=FLIGHTS),
        "the order of the two nodes",
        partial(enter_pair, source=FLIGHTS, nodes=AIRPORTS, needs="flights between airports: choose that example"),
        show_flight,
        f"{ROUTES:,} routes to train on, 485 held out to test on, each with as many pairs without a flight; busy airports are as "
        "frequent among those. The network sees training routes only, never the one it is asked about. scikit-learn counts "
        "common neighbours and degrees.",
        order="fixed",
        network=flight_network,
        flat=common,
        sizes=(200, 1000, 2 * ROUTES),
        test=970,
        rate=4e-3,
        suits=(FLIGHTS,),
        data=("networks.npz",),
    ),
    "knowledge": Exercise(
        "In which region of the world is the marked country?",
        ("Africa", "Americas", "Asia", "Europe", "Oceania"),
        draw_answers,
        "none",
        enter_country,
        show_country,
        "The network was never told the region or the subregion of 78 test countries, only their borders, languages and "
        "currencies; of 160 others it was told all. In training half the questions ask for other facts, and the class is the "
        "place of the right candidate. scikit-learn sees what a country is linked to.",
        order="fixed",
        network=translation_network,
        flat=neighbours,
        sizes=(500, 4000, 16000),
        test=TEST_COUNTRIES,
        steps=1000,
        rate=3e-2,
        suits=("countries",),
        data=("knowledge.npz",),
    ),
}
