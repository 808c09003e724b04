"""Graphs and molecules as files: what is read, and one sentence for what cannot be."""

import numpy as np
import pytest

from components.modalities.graph_layout import layout
from components.modalities.graph_readers import read_edges, read_graphml
from components.modalities.graph_sample import degree
from components.modalities.molecule_readers import parsed, read_mol, read_smiles
from components.values import BadInput

GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="name" attr.type="string"/><key id="d1" for="node" attr.name="team" attr.type="string"/>
<graph edgedefault="{way}"><node id="a"><data key="d0">{name}</data><data key="d1">red</data></node>
<node id="b"><data key="d0">Bo</data><data key="d1">blue</data></node><node id="c"><data key="d1">red</data></node>
<edge source="a" target="b"/><edge source="b" target="c"/><edge source="c" target="b"/><edge source="c" target="c"/>
</graph></graphml>"""
PLAIN = GRAPHML.format(way="undirected", name="Ann")
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + PLAIN.split("?>")[1].replace("Ann", "&b;")
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + PLAIN.split("?>")[1].replace("Ann", "&e;")
MANY = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph>'
    + "".join(f'<node id="{i}"/>' for i in range(2001))
    + "</graph></graphml>"
)
BINARY = bytes(range(256)) * 8

EDGES_BAD = {
    "empty": (b"", "empty"),
    "blank": (b"\n \n# nothing\n", "no edge"),
    "binary": (BINARY, "not a text"),
    "one name": (b"a b\nc\n", "Line 2"),
    "empty name": (b"a,b\n,c\n", "Line 2"),
    "nan": (b"a b 1\nb c nan\n", "finite"),
    "infinity": (b"a;b;1\nb;c;-inf\n", "finite"),
    "heading only": (b"source,target\n", "no edge"),
    "a loop alone": (b"a a\n", "at least 2"),
    "many nodes": ("\n".join(f"{i} {i + 1}" for i in range(2100)).encode(), "2,000 nodes"),
    "many edges": ("\n".join(f"{i % 400} {400 + i // 60}" for i in range(21_000)).encode(), "20,000 edges"),
    "repeated lines": (b"a b\n" * 90_000, "20,000 edges"),
    "10 MB": (b"a b\n" * 3_000_000, "10 MB"),
}
GRAPHML_BAD = {
    "empty": (b"", "empty"),
    "binary": (BINARY, "not a text"),
    "html": (b"<html><script>alert(1)</script></html>", "not GraphML"),
    "billion laughs": (BOMB.encode(), "document type"),
    "billion laughs in UTF-16": (BOMB.encode("utf-16"), "document type"),
    "external entity": (EXTERNAL.encode(), "document type"),
    "lower case": (EXTERNAL.replace("DOCTYPE", "doctype").encode(), "document type"),
    "UTF-16 without a mark": (BOMB.encode("utf-16-le"), "not a text"),
    "UTF-7": (b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-', "not GraphML"),
    "truncated": (PLAIN[:-40].encode(), "damaged"),
    "unknown key": (PLAIN.replace('key="d1"', 'key="d9"').encode(), "damaged|not GraphML"),
    "hyperedges": (PLAIN.replace("<edge ", "<hyperedge/><edge ", 1).encode(), "damaged|not GraphML"),
    "one node": (b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph><node id="a"/></graph></graphml>', "at least 2"),
    "no graph": (b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"></graphml>', "not GraphML"),
    "many nodes": (MANY.encode(), "2,000 nodes"),
    "deep": (b"<a>" * 200_000, "damaged|not GraphML"),
}
ATOM = "    {x:>6.3f}    {y:>6.3f}    0.0000 {letter:<3} 0  0  0  0\n"
ETHANOL = (
    "ethanol\n\n\n  3  2  0  0  0  0  0  0  0  0999 V2000\n"
    + ATOM.format(x=0, y=0, letter="C")
    + ATOM.format(x=1, y=0.5, letter="C")
    + ATOM.format(x=2, y=0, letter="O")
    + "  1  2  1  0\n  2  3  1  0\nM  END\n$$$$\n"
)
MOL_BAD = {
    "empty": (b"", "empty"),
    "binary": (BINARY, "not a text"),
    "short": (b"a\nb\n", "V2000"),
    "words": (b"a\nb\nc\nno counts here\n", "V2000"),
    "V3000": (ETHANOL.replace("V2000", "V3000").encode(), "V3000"),
    "promises 999 atoms": (ETHANOL.replace("  3  2", "999  2").encode(), "200 atoms"),
    "promises 9 atoms": (ETHANOL.replace("  3  2", "  9  9").encode(), "V2000"),
    "promises less than none": (ETHANOL.replace("  3  2", " -3  2").encode(), "V2000"),
    "no atoms": (b"a\nb\nc\n  0  0  0 V2000\n", "no atoms"),
    "bond to nowhere": (ETHANOL.replace("  2  3  1", "  2  7  1").encode(), "not there"),
    "bond to atom 0": (ETHANOL.replace("  2  3  1", "  0  3  1").encode(), "not there"),
    "nan": (ETHANOL.replace(" 0.500", "   nan").encode(), "finite"),
    "huge": (ETHANOL.replace(" 0.500", "1e300 ").encode(), "finite"),
}
SMILES_BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n", "no SMILES"),
    "binary": (BINARY, "not a text"),
    "html": (b"<b>CCO</b>", "not SMILES"),
    "words": (b"hello", "not SMILES"),
    "open branch": (b"CC(C", "not SMILES"),
    "closed twice": (b"CC)C", "not SMILES"),
    "open ring": (b"C1CC", "not SMILES"),
    "a bond at the end": (b"CC=", "not SMILES"),
    "ring without an atom": (b"1CC1", "not SMILES"),
    "many atoms": (b"C" * 300, "200 atoms"),
    "deep branches": (b"C(" * 1500, "200 atoms"),
}
ALL = [
    (name, data, why, read)
    for cases, read in ((EDGES_BAD, read_edges), (GRAPHML_BAD, read_graphml), (MOL_BAD, read_mol), (SMILES_BAD, read_smiles))
    for name, (data, why) in cases.items()
]


@pytest.mark.parametrize(("name", "data", "why", "read"), ALL, ids=[f"{read.__name__}-{name}" for name, _, _, read in ALL])
def test_refusals(name: str, data: bytes, why: str, read: object) -> None:
    with pytest.raises(BadInput, match=why) as refusal:
        read(data)  # type: ignore[operator]
    message = str(refusal.value)
    assert message.endswith(".")
    assert "<" not in message
    assert "passwd" not in message
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


EDGE_TEXTS = [
    "a b\nb c\nc a\n",
    "source,target,weight\na,b,1\nb,c,2.5\nc,a,0\n",
    "# c\na\tb\nb\tc\n\nc\ta\n",
    "a;b\r\nb;c\r\nc;a\r\n",
]


@pytest.mark.parametrize("text", EDGE_TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_lists_of_edges(text: str, encoding: str) -> None:
    sample = read_edges(text.encode(encoding))
    assert sample["raw"]["names"].tolist() == ["a", "b", "c"]
    assert sample["edges"].shape == (2, 3)
    assert not sample["raw"]["directed"]
    assert sample["raw"]["positions"].shape == (3, 2)


def test_loops_and_double_edges_count_once() -> None:
    sample = read_edges(b"a b\nb a\na b\na a\nb c")
    assert sample["edges"].shape == (2, 2)
    assert degree(sample).tolist() == [1, 2, 1]


def test_names_may_be_anything() -> None:
    """Huge numbers, long words, formulas and HTML are names; pictures escape them, see the figure's tests."""
    sample = read_edges(f"99999999999999999999999,=1+1\n=1+1,<b>x</b>\n<b>x</b>,{'w' * 500}\n".encode())
    assert sample["raw"]["names"][1] == "=1+1"
    assert max(map(len, sample["raw"]["names"])) <= 60
    assert read_edges("é ö\n".encode("latin-1"))["raw"]["names"].tolist() == ["é", "ö"]


def test_graphml() -> None:
    sample = read_graphml(PLAIN.encode())
    assert sample["raw"]["names"].tolist()[:2] == ["Ann", "Bo"]
    assert sample["raw"]["label_names"].tolist() == ["blue", "red"]
    assert sample["raw"]["labels"].tolist() == [1, 0, 1]
    assert sample["edges"].shape == (2, 2)
    directed = read_graphml(GRAPHML.format(way="directed", name="Ann").encode("utf-16"))
    assert directed["edges"].shape == (2, 3)
    assert directed["raw"]["directed"]
    shown = read_graphml(GRAPHML.format(way="directed", name="&lt;img src=x onerror=alert(1)&gt;").encode())
    assert shown["raw"]["names"][0].startswith("<img")
    bare = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph><node id="a"/><node id="b"/></graph></graphml>'
    assert read_graphml(bare.encode())["edges"].shape == (2, 0)


def test_mol() -> None:
    sample = read_mol(ETHANOL.encode())
    assert sample["raw"]["letters"].tolist() == ["C", "C", "O"]
    assert sample["edges"].tolist() == [[0, 1], [1, 2]]
    assert sample["raw"]["positions"][1].tolist() == pytest.approx([1, 0.5])
    strange = read_mol(ETHANOL.replace(" O  ", " <b>").encode())
    assert strange["raw"]["letters"][2] == "?"
    space = read_mol(ETHANOL.replace("0.0000 O", "1.0000 O").encode())
    assert np.isfinite(space["raw"]["positions"]).all()


MOLECULES = {
    "CCO": (3, 2),
    "c1ccccc1": (6, 6),
    "CN1C=NC2=C1C(=O)N(C(=O)N2C)C": (14, 15),
    "[Na+].[Cl-]": (2, 0),
    "C[C@H](N)C(=O)[O-]": (6, 5),
    "C%12CC%12": (3, 3),
    "ClC(Br)=C": (4, 3),
    "[13CH4]": (1, 0),
}


@pytest.mark.parametrize("smiles", MOLECULES)
def test_smiles(smiles: str) -> None:
    letters, bonds = parsed(smiles)
    assert (len(letters), len(bonds)) == MOLECULES[smiles]
    sample = read_smiles(f"{smiles} a name\n".encode())
    assert len(sample["elements"]) == len(letters)
    assert np.isfinite(sample["raw"]["positions"]).all()


def test_smiles_bonds() -> None:
    assert [order for _, _, order in parsed("C=C-C#N")[1]] == [2, 1, 3]
    assert {order for _, _, order in parsed("c1ccccc1")[1]} == {4}
    assert parsed("C1=CC1")[1] == [(0, 1, 2), (1, 2, 1), (0, 2, 1)]


@pytest.mark.parametrize(("n", "m"), [(1, 0), (2, 0), (2, 1), (5, 4), (300, 900), (2000, 3000)])
def test_layout_gives_every_node_a_place_of_its_own(n: int, m: int) -> None:
    pairs = np.random.default_rng(0).integers(n, size=(2, m))
    places = layout(pairs, n)
    assert places.shape == (n, 2)
    assert np.isfinite(places).all()
    assert len(np.unique(places, axis=0)) == n
    assert np.array_equal(places, layout(pairs, n))


def test_neighbours_lie_nearer_than_others() -> None:
    ring = np.stack([np.arange(20), (np.arange(20) + 1) % 20])
    places = layout(ring, 20)
    apart = np.linalg.norm(places[:, None] - places, axis=-1)
    assert apart[ring[0], ring[1]].max() < 0.5 * apart[np.arange(20), (np.arange(20) + 10) % 20].min()
