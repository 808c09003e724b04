"""Make `pretrained/data/knowledge.npz`: a knowledge graph of the countries of the world.

Development only. Needs `pip install countryinfo==1.0.1` in an environment of its own. Run from the root of the project:

    python -m pretrained.build.knowledge

Facts are triples (head, relation, tail): a country lies in a region and in a subregion, borders a country, speaks a language,
pays with a currency. Languages and currencies of one country only are left out, they connect nothing.
"""

import json
from collections import Counter
from importlib.resources import files

import numpy as np

from pretrained.build.manifest import ROOT, enter

FILE = "pretrained/data/knowledge.npz"
RELATIONS = ("is in region", "is in subregion", "borders", "speaks", "pays with")
KINDS = ("country", "region", "subregion", "language", "currency")
LANGUAGES = {
    "af": "Afrikaans", "ar": "Arabic", "bs": "Bosnian", "ch": "Chamorro", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "ff": "Fula", "fr": "French", "gn": "Guarani", "hi": "Hindi", "hr": "Croatian", "hy": "Armenian",
    "it": "Italian", "ko": "Korean", "ln": "Lingala", "ms": "Malay", "nl": "Dutch", "no": "Norwegian", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sm": "Samoan", "sq": "Albanian", "sr": "Serbian", "ss": "Swati",
    "st": "Sotho", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "tk": "Turkmen", "tn": "Tswana", "tr": "Turkish",
    "ur": "Urdu", "uz": "Uzbek", "zh": "Chinese",
}  # fmt: skip
Fact = tuple[str, str, str]


def countries() -> list[dict]:
    """The countries with a place on the map and a region, in alphabetical order."""
    inside = (file for file in (files("countryinfo") / "data").iterdir() if file.name.endswith(".json"))
    found = [json.loads(file.read_text("utf-8")) for file in inside]
    return sorted((c for c in found if c.get("region") and c.get("latlng") and c.get("ISO")), key=lambda c: c["name"])


def facts(found: list[dict]) -> list[Fact]:
    """All triples; those whose tail is met once are left out, and those that were given twice."""
    name = {c["ISO"]["alpha3"]: c["name"] for c in found}
    triples: list[Fact] = []
    for c in found:
        triples += [(c["name"], "is in region", c["region"]), (c["name"], "is in subregion", c["subregion"])]
        triples += [(c["name"], "borders", name[b]) for b in c.get("borders", []) if b in name]
        triples += [(c["name"], "speaks", LANGUAGES.get(text, text)) for text in c.get("languages", [])]
        triples += [(c["name"], "pays with", text) for text in c.get("currencies", [])]
    met = Counter(tail for _, _, tail in set(triples))
    return [t for t in dict.fromkeys(triples) if t[2] and (met[t[2]] > 1 or t[1] == "borders")]


def main() -> None:
    """Write the file and its entry in the manifest."""
    found = countries()
    triples = facts(found)
    kind = {c["name"]: "country" for c in found}
    kind |= {tail: relation.split()[-1] for _, relation, tail in triples if relation.startswith("is in")}
    kind |= {t: {"speaks": "language", "pays with": "currency"}[r] for _, r, t in triples if r in ("speaks", "pays with")}
    names = list(kind)
    number = {name: i for i, name in enumerate(names)}
    places = np.zeros((len(names), 2))
    places[: len(found)] = [(c["latlng"][1] / 90, c["latlng"][0] / 90) for c in found]
    heads, tails = (np.array([number[t[i]] for t in triples]) for i in (0, 2))
    rng = np.random.default_rng(0)
    for i in range(len(found), len(names)):  # everything else lies in the middle of its countries, a little aside
        places[i] = places[heads[tails == i]].mean(0) + rng.normal(0, 0.05, 2)
    np.savez_compressed(
        ROOT / FILE,
        names=np.array(names),
        labels=np.array([KINDS.index(kind[name]) for name in names], np.uint8),
        label_names=np.array(KINDS),
        edges=np.stack([heads, tails]).astype(np.uint16),
        relations=np.array([RELATIONS.index(t[1]) for t in triples], np.uint8),
        relation_names=np.array(RELATIONS),
        positions=places.astype(np.float16),
    )
    source = "countryinfo by Porimol Chandro: regions, borders, languages and currencies of the countries of the world"
    enter(ROOT / FILE, licence="MIT", source=source, version="countryinfo 1.0.1", command="python -m pretrained.build.knowledge")


if __name__ == "__main__":
    main()
