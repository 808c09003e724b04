"""Make `pretrained/data/reviews.npz`: sentences of product reviews and tweets, each rated by about 20 people, as word numbers.

Source: C. J. Hutto, E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM 2014;
the data come in the source distribution of the package vaderSentiment 3.3.2 (MIT). Its newspaper and film parts are left out.
Needs numpy and scipy. Run from the root of the project:

    pip download --no-deps --no-binary vaderSentiment vaderSentiment==3.3.2 -d DOWNLOADS
    python -m pretrained.build.reviews DOWNLOADS/vaderSentiment-3.3.2.tar.gz
"""

import html
import io
import json
import re
import sys
import tarfile
from collections import Counter

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from components.tasks.words import ENTRIES, split
from pretrained.build.manifest import ROOT, enter

FILE = "pretrained/data/reviews.npz"
SOURCES = {"amazon": "amazonReviewSnippets_GroundTruth.txt", "tweet": "tweets_GroundTruth.txt"}
COARSE = re.compile(
    r"fuck|f\*\*k|shit|bitch|nigg|cunt|fagg?ot|whore|slut|dick|porn|pussy|asshole|\bfag\b|\brape|retard|\bsex", re.I
)
STRANGE = re.compile(r"@\w+|https?://\S+|\bRT\b|url_removed|\b\S+\.\w+/\S+")
FEWEST, ALIKE, TEST = 4, 0.6, 0.25  # words of a text; shared words over all words of two texts that are "nearly the same"
REVIEWS = {"review-good": "200", "review-bad": "5", "review-camera": "100", "review-service": "20"}


def texts(archive: str) -> list[tuple[str, str, float, str]]:
    """Source, number of the document, mean rating from -4 to 4, and text of every snippet."""
    found = []
    with tarfile.open(archive) as outer:
        inner = next(m for m in outer if m.name.endswith("hutto_ICWSM_2014.tar.gz"))
        with tarfile.open(fileobj=io.BytesIO(outer.extractfile(inner).read())) as data:  # type: ignore[union-attr]
            for source, name in SOURCES.items():
                lines = data.extractfile(f"hutto_ICWSM_2014/{name}").read().decode("latin-1").splitlines()  # type: ignore
                for line in lines:
                    number, mean, text = line.split("\t", 2)
                    text = re.sub(r"\s+", " ", STRANGE.sub(" ", html.unescape(text))).strip(' "')
                    found.append((source, f"{source}{number.split('_')[0]}", float(mean), text))
    return found


def groups(tokens: list[list[str]], documents: list[str]) -> np.ndarray:
    """Texts that must stay on one side of the split: those of one document, and those that are nearly the same.

    Two texts are nearly the same if the words they share are at least 60 % of the words of both together (Jaccard).
    """
    number = {word: i for i, word in enumerate(sorted({t for text in tokens for t in text}))}
    rows = [(i, number[word]) for i, text in enumerate(tokens) for word in set(text)]
    table = csr_matrix((np.ones(len(rows), np.int32), np.array(rows).T), (len(tokens), len(number)))
    size, links = np.asarray(table.sum(1)).ravel(), []
    for start in range(0, len(tokens), 500):
        shared = (table[start : start + 500] @ table.T).tocoo()
        near = shared.data >= ALIKE * (size[shared.row + start] + size[shared.col] - shared.data)
        links.append(np.stack([shared.row[near] + start, shared.col[near]]))
    first: dict[str, int] = {}
    links.append(np.array([(first.setdefault(name, i), i) for i, name in enumerate(documents)]).T)
    a, b = np.concatenate(links, 1)
    return connected_components(csr_matrix((np.ones(len(a)), (a, b)), (len(tokens),) * 2))[1]


def numbers(tokens: list[list[str]], training: np.ndarray) -> dict[str, int]:
    """All words, the most frequent of the training part first: so a dictionary of any size is the first entries of this one."""
    seen = Counter(t for text, own in zip(tokens, training, strict=True) if own for t in text)
    rest = sorted({t for text in tokens for t in text} - set(seen))
    return {word: i for i, word in enumerate([*sorted(seen, key=lambda w: (-seen[w], w)), *rest])}


def frequent(ids: list[list[int]], n: int) -> np.ndarray:
    """The most frequent runs of n words, `(4000, n)`."""
    runs = Counter(run for text in ids for run in zip(*(text[k:] for k in range(n)), strict=False))
    return np.array(sorted(runs, key=lambda r: (-runs[r], r))[:ENTRIES], np.uint16)


def main(archive: str) -> None:
    """Read, clean, split and write."""
    everything = texts(archive)
    kept = [t for t in everything if not COARSE.search(t[3]) and len([w for w in split(t[3]) if w[0].isalnum()]) >= FEWEST]
    tokens = [[w.lower() for w in split(t[3])] for t in kept]
    group = groups(tokens, [t[1] for t in kept])
    chosen = np.random.default_rng(0).random(group.max() + 1) < TEST
    test = chosen[group]
    number = numbers(tokens, ~test)
    ids = [[number[w] for w in text] for text in tokens]
    own = [text for text, held in zip(ids, test, strict=True) if not held]
    examples = {
        name: [(text, round(mean, 2)) for _, document, mean, text in everything if document == f"amazon{review}"]
        for name, review in REVIEWS.items()
    }
    path = ROOT / FILE
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(number).encode(), np.uint8),
        ids=np.concatenate([np.array(text, np.uint16) for text in ids]),
        ends=np.cumsum([len(text) for text in ids]).astype(np.uint32),
        mean=np.array([t[2] for t in kept], np.float16),
        tweet=np.array([t[0] == "tweet" for t in kept]),
        test=test,
        pairs=frequent(own, 2),
        triples=frequent(own, 3),
        examples=np.frombuffer(json.dumps(examples).encode(), np.uint8),
    )
    sides = [{g for g, held in zip(group, test, strict=True) if held == side} for side in (False, True)]
    print(len(everything), "texts,", len(kept), "kept,", int(test.sum()), "for the test;", len(number), "words")
    print("largest group", Counter(group.tolist()).most_common(2), "shared groups", len(sides[0] & sides[1]))
    enter(
        path,
        licence="MIT (C. J. Hutto)",
        source="vaderSentiment, additional_resources/hutto_ICWSM_2014: Amazon reviews and tweets rated by 20 people each",
        version="3.3.2",
        command="python -m pretrained.build.reviews vaderSentiment-3.3.2.tar.gz",
    )


if __name__ == "__main__":
    main(sys.argv[1])
