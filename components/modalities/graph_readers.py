"""Graphs a learner brings: lists of edges and GraphML. Every refusal is one sentence and repeats nothing of the file."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Sequence

import numpy as np

from components.modalities.graph_layout import layout
from components.modalities.graph_sample import graph
from components.modalities.readers import weighed
from components.values import BadInput, Sample

NODES, EDGES, NAME, FEWEST_NODES = 2_000, 20_000, 60, 2
GROUPS = range(2, 9)  # as many different words make an attribute a label
HEADS = {("source", "target"), ("from", "to"), ("src", "dst"), ("node1", "node2"), ("head", "tail"), ("start", "end")}
Array = np.ndarray


def text_of(data: bytes) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, else Latin-1 where nothing says binary.

    Raises:
        BadInput: empty, too large, or binary.
    """
    weighed(data)
    refusal = "This is not a text file; a graph is read from a list of edges, GraphML, MOL or SDF text."
    try:
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = data.decode("utf-16") if wide else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if re.search(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]", text):
        raise BadInput(refusal)
    return text


def clean(name: str) -> str:
    """A name short enough to be shown."""
    name = " ".join(name.split())
    return name if len(name) <= NAME else name[: NAME - 1] + "…"


def drawn(names: Sequence[str], pairs: Array, directed: bool, labels: Sequence[str] | None, label_name: str) -> Sample:
    """A sample from names and numbered edges, laid out.

    Raises:
        BadInput: too few or too many nodes.
    """
    n = len(names)
    if n < FEWEST_NODES:
        raise BadInput("A graph needs at least 2 nodes.")
    if n > NODES:
        raise BadInput(f"This graph has more than {NODES:,} nodes, the limit here.")
    kinds = sorted(set(labels)) if labels else ["node"]
    raw = {
        "names": np.array([clean(name) or f"node {i + 1}" for i, name in enumerate(names)]),
        "labels": np.array([kinds.index(label) for label in labels] if labels else [0] * n, np.int64),
        "label_names": np.array([clean(kind) or "none" for kind in kinds]),
        "label_name": np.array(clean(label_name)),
        "positions": layout(pairs, n),
        "directed": np.array(directed),
    }
    return graph(raw, pairs, None, "Your graph, its nodes placed so that near in the graph is near on the page")


def numbered(pairs: Iterable[tuple[str, str]], names: dict[str, int]) -> Array:
    """Edges by names as numbers `(2, m)`; new names get the next number. An edge from a node to itself is left out, one that
    comes twice is kept once.

    Raises:
        BadInput: too many nodes or edges.
    """
    found: dict[tuple[int, int], None] = {}
    for source, target in pairs:
        edge = (names.setdefault(source, len(names)), names.setdefault(target, len(names)))
        if edge[0] != edge[1]:
            found[edge] = None
        if len(found) > EDGES:
            raise BadInput(f"This graph has more than {EDGES:,} edges, the limit here.")
        if len(names) > NODES:
            raise BadInput(f"This graph has more than {NODES:,} nodes, the limit here.")
    return np.array(list(found), np.int64).reshape(-1, 2).T


def _weight(text: str, line: int) -> None:
    try:
        finite = np.isfinite(float(text))
    except ValueError:
        return  # a word, not a weight
    if not finite:
        raise BadInput(f"The weight in line {line} is not a finite number (NaN or infinity); please remove that edge.")


def _parts(text: str) -> list[tuple[str, str]]:
    """The pairs of names in a list of edges; a first line such as `source,target` is a heading."""
    rows = [(i, line) for i, line in enumerate(text.splitlines(), 1) if line.strip() and not line.lstrip().startswith(("#", "%"))]
    start, first = rows[0] if rows else (0, "")
    separator = next((sign for sign in ("\t", ";", ",") if sign in first), None)
    found: list[tuple[str, str]] = []
    for number, line in rows:
        words = [word.strip().strip('"') for word in line.split(separator)]
        if len(words) < 2 or not words[0] or not words[1]:
            raise BadInput(
                f"Line {number} does not hold two names; each line is one edge: source, target, and if you like a weight."
            )
        if number == start and (words[0].lower(), words[1].lower()) in HEADS:
            continue
        if len(words) > 2:
            _weight(words[2], number)
        found.append((words[0], words[1]))
        if len(found) > 4 * EDGES:
            raise BadInput(f"This graph has more than {EDGES:,} edges, the limit here.")
    return found


def read_edges(data: bytes) -> Sample:
    """A list of edges, one a line: two names or numbers, separated by commas, semicolons, tabs or blanks, and perhaps a weight,
    which is not used. Lines that begin with # or % and a heading such as `source,target` are passed over.

    Raises:
        BadInput: empty, too large, not text, no edges, lines without two names, weights that are not finite, too many nodes.
    """
    pairs = _parts(text_of(data))
    if not pairs:
        raise BadInput("This file holds no edge: each line is one edge, source and target.")
    names: dict[str, int] = {}
    edges = numbered(pairs, names)
    edges = np.unique(np.sort(edges, 0), axis=1) if edges.size else edges
    return drawn(list(names), edges, False, None, "node")


def read_graphml(data: bytes) -> Sample:
    """A GraphML file. The first attribute of the nodes that has 2 to 8 different words becomes their label, one called name or
    label their name. Files with a document type or entities are refused before anything is parsed.

    Raises:
        BadInput: empty, too large, not text, not GraphML, a document type, broken XML, too few or too many nodes or edges.
    """
    text = text_of(data)
    if re.search(r"<!\s*(doctype|entity)", text, re.IGNORECASE):
        raise BadInput("GraphML with a document type or entities is not read here; please save it without them.")
    if text.count("<node") > NODES or text.count("<edge") > EDGES:
        raise BadInput(f"This graph has more than {NODES:,} nodes or {EDGES:,} edges, the limits here.")
    import networkx as nx

    try:
        found = nx.parse_graphml(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (
        nx.NetworkXError,
        ElementTree.ParseError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        StopIteration,
    ):
        raise BadInput("This is not GraphML that can be read here, or it is damaged or incomplete.") from None
    names: dict[str, int] = {}
    for node in found.nodes:
        names.setdefault(str(node), len(names))
    edges = numbered(((str(a), str(b)) for a, b in found.edges()), names)
    if not found.is_directed():
        edges = np.unique(np.sort(edges, 0), axis=1) if edges.size else edges
    told: dict[str, list[str]] = {}
    for i, (_, attributes) in enumerate(found.nodes(data=True)):
        for key, value in attributes.items():
            told.setdefault(str(key), ["none"] * len(names))[i] = str(value)
    titles = next((told[key] for key in told if key.lower() in ("name", "label")), list(names))
    kind = next((key for key, words in told.items() if len(set(words)) in GROUPS and words is not titles), None)
    return drawn(titles, edges, found.is_directed(), told[kind] if kind else None, kind or "node")
