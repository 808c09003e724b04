"""Record what the 72 heads of MiniLM do, on 50 shipped reviews and on 20 sentences with a pronoun.

    python -m pretrained.build.head_roles

Ten seconds. Writes `pretrained/sweeps/head_roles.npz`: for each role of `measure/head_roles.py` the mean score `<role> (6, 12)`
over the sentences, its standard error `<role>/error` and the score by chance `<role>/chance`; "reference" is the weight from the
pronoun to its noun, "other" that to the other noun, "excess/error" the standard error of the difference over the ten pairs, and
"sentence/<noun|other> (20, 6, 12)" each sentence's own; "sentences", "pronouns", "about".
"""

import json

import numpy as np
import torch

from components.learn.device import settle
from components.learn.heads import FILE, referred
from components.measure.head_roles import chance, mean_error, score, targets
from components.models import minilm
from components.tasks.pronouns import sentences
from components.tasks.texts import texts
from components.tasks.words import spelled
from pretrained.build.manifest import enter, machine, today

COUNT, SHORTEST, LONGEST = 50, 8, 40


def reviews() -> list[str]:
    """Fifty texts of the test part, of 8 to 40 words, evenly over the file."""
    words, (found, _, test) = spelled(), texts()
    fitting = [row for row, held in zip(found, test, strict=True) if held and SHORTEST <= len(row) <= LONGEST]
    return [" ".join(words[i] for i in fitting[j]) for j in np.linspace(0, len(fitting) - 1, COUNT).astype(int)]


def main() -> None:
    """Measure and write."""
    settle()
    scores: dict[str, list[np.ndarray]] = {}
    levels: dict[str, list[float]] = {}
    for text in reviews():
        read = minilm.read(text)
        weights = minilm.encode(read.ids)[1].numpy()
        for role, target in targets(read.tokens).items():
            scores.setdefault(role, []).append(score(weights, target))
            levels.setdefault(role, []).append(chance(target))
    found: dict[str, np.ndarray] = {}
    for role, rows in scores.items():
        found[role], found[f"{role}/error"] = mean_error(np.stack(rows))
        found[f"{role}/chance"] = np.array(np.nanmean(levels[role]))
    noun, other = (np.stack(rows) for rows in zip(*(referred(s) for s in sentences()), strict=True))
    found["reference"], found["reference/error"] = mean_error(noun.reshape(-1, 2, 6, 12).mean(1))
    found["other"] = other.mean(0)
    found["excess/error"] = mean_error((noun - other).reshape(-1, 2, 6, 12).mean(1))[1]
    found |= {"sentence/noun": noun, "sentence/other": other}
    lengths = [len(minilm.read(s.text).ids) for s in sentences()]
    found["reference/chance"] = np.array(np.mean([1 / n for n in lengths]))
    about = json.dumps({"date": today(), "machine": machine(), "torch": torch.__version__})
    small = {name: value.astype(np.float16) for name, value in found.items()}
    np.savez_compressed(FILE, allow_pickle=False, sentences=COUNT, pronouns=len(lengths), about=about, **small)
    for role in (*scores, "reference"):
        i, j = np.unravel_index(np.nanargmax(found[role]), (6, 12))
        print(role, f"layer {i + 1} head {j + 1}: {found[role][i, j]:.3f} ± {found[f'{role}/error'][i, j]:.3f}")
    enter(
        FILE, licence="MIT; sentences from reviews rated by people (Hutto and Gilbert 2014, MIT)",
        source="measured by this project on MiniLM-L6", version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.head_roles",
    )  # fmt: skip


if __name__ == "__main__":
    main()
