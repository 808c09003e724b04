"""Models of texts on the symmetry bench."""

from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from components.learn import order_models, repeated, translating
from components.learn.bench_entry import Entry, Function, Thing, asked, batch, learnt, seeds
from components.learn.repeating import LETTERS, numbered
from components.models import minilm
from components.models.generator import Writer
from components.models.one_head import OneHead
from components.models.sequence_classifier import SequenceClassifier
from components.tasks.prose import prose
from components.tasks.texts import KNOWN, LONGEST, texts
from components.tasks.words import spelled

REVIEWS = (1145, 49, 835)  # held-out texts: "everything else about the camera is great .", two others
HEADS = Path(__file__).parents[2] / "pretrained" / "weights" / "one_head.npz"
PENS = Path(__file__).parents[2] / "pretrained" / "weights" / "generate.npz"
SAID = "sentences of real product reviews"
ORDERED, FELT = ("as written", "shuffled"), ("negative", "positive")
WHY = {
    "bag": "Every word alone, then a mean: the order is gone.",
    "feedforward": "Every place has weights of its own.",
    "rnn": "One cell for all steps, but what comes later has the last word.",
    "lstm": "One cell for all steps, but what comes later has the last word.",
    "convolution": "The same windows at every step, but the answer is read at the last one.",
    "state space": "One linear memory for all steps; the past fades.",
    "attention": "Every word is told its position.",
    order_models.BLIND: "Without positions attention is a set model: the order is not seen.",
}


def reviews() -> tuple[Thing, ...]:
    """Three held-out sentences as entries of the dictionary."""
    return tuple(texts()[0][i] for i in REVIEWS)


def words(ids: np.ndarray) -> tuple[str, ...]:
    """Entries of the dictionary as words; empty steps as a dot."""
    return tuple(spelled()[int(i)] if i >= 0 else "·" for i in ids)


def classifier(name: str) -> Function:
    """One of the eight that learnt whether a text was shuffled."""
    return asked(order_models.model(name), batch)


def stepwise() -> Function:
    """A recurrent network with a cell of its own for each step."""
    return asked(SequenceClassifier("rnn", KNOWN, 2, LONGEST, seeds(), h=16, share=False), batch)


def one_head(placed: bool) -> Function:
    """The head of self-attention that learnt whether a review is positive."""
    net, start = OneHead(KNOWN, 2, 8, placed, seeds()), f"8/{int(placed)}/"
    with np.load(HEADS, allow_pickle=False) as data:
        own = {n.removeprefix(start): torch.from_numpy(data[n].astype(np.float32)) for n in data.files if n.startswith(start)}
    parts = {"embed.table": own["embed"], "query": own["query"], "key": own["key"], "value": own["value"]}
    parts |= {"read.weight": own["weight"][None, None], "read.bias": own["bias"][None]}
    net.load_state_dict({name: value[None] for name, value in parts.items()})
    return asked(net, batch)


def bag() -> Function:
    """The bag of words that learnt whether a review is positive."""

    def enter(x: Thing) -> Tensor:
        ids = np.asarray(x)
        return batch(np.stack([ids, np.where(ids < KNOWN, ids, -1)], 1))

    return asked(learnt("language", "sentiment"), enter)


def encoder(sentence: bool) -> Function:
    """MiniLM: the vector of each token between [CLS] and [SEP], or of the sentence."""
    first, last = minilm.read("").ids

    def f(x: Thing) -> np.ndarray:
        found = minilm.encode((first, *(int(i) for i in np.asarray(x)), last))[0].numpy()
        return found.mean(0) if sentence else found[1:-1]

    return f


def pieces() -> tuple[Thing, ...]:
    """Two sentences as MiniLM's tokens."""
    return tuple(np.array(minilm.read(text).ids[1:-1]) for text in ("The dog bites the man.", "A cup of tea is on the table."))


def spelled_pieces(ids: np.ndarray) -> tuple[str, ...]:
    """MiniLM's tokens as text; empty steps as a dot."""
    return tuple("·" if i == 100 else str(minilm.tokenizer().id_to_token(int(i))) for i in ids)


def repeating() -> Function:
    """The transformer that guesses the next letter: logits at every place."""
    net = repeated.model()

    def f(x: Thing) -> np.ndarray:
        with torch.inference_mode():
            return net(torch.from_numpy(np.asarray(x, np.int64))[None, None])[0, 0].numpy()

    return f


def writer(kind: str) -> Function:
    """The generator that learnt to write prose: logits of the next letter at every place."""
    with np.load(PENS, allow_pickle=False) as data:
        own = {n: torch.from_numpy(data[f"prose/{kind}/{n}"].astype(np.float32)) for n in "UbWVc"}
    net = Writer(own["U"].shape[0], own["V"].shape[0], seeds(), kind)
    net.load_state_dict({
        "cell.input.weight": own["U"][None, None, None], "cell.input.bias": own["b"][None, None],
        "cell.recur": own["W"][None, None], "read.weight": own["V"][None, None, None], "read.bias": own["c"][None, None],
    })  # fmt: skip
    return asked(net, lambda x: torch.from_numpy(np.asarray(x, np.int64))[None, None])


def letters() -> tuple[Thing, ...]:
    """Two pieces of the novel, letter by letter."""
    place = {name: i for i, name in enumerate(prose().names)}
    return tuple(np.array([place[c] for c in text]) for text in ("the garden", "she ran on"))


def translator(aligned: bool) -> Function:
    """Encoder and decoder from dates to numbers: the logits of one true output, given step by step."""
    net = translating.model("dates", aligned)
    _, true = translating.examples("dates", "test", translating.Request())[0]
    y = torch.tensor(translating.answer("dates", true))[None, None]

    def f(x: Thing) -> np.ndarray:
        with torch.inference_mode():
            return net(torch.from_numpy(np.asarray(x, np.int64))[None, None], y)[0][0, 0].numpy()

    return f


def dates() -> tuple[Thing, ...]:
    """Three dates in words."""
    found = translating.examples("dates", "test", translating.Request())[:3]
    return tuple(np.array(translating.numbered("dates", translating.split("dates", text))) for text, _ in found)


def date_words(ids: np.ndarray) -> tuple[str, ...]:
    """Tokens of a date; empty steps as a dot."""
    return tuple(translating.books("dates").source[int(i)] if i >= 0 else "·" for i in ids)


def _texts() -> list[Entry]:
    """Models that read words and give one answer."""
    made = partial(Entry, family="sequences", kind="words", inputs=reviews, data=SAID, classes=True, spell=words)
    found = [
        made(
            f"order-{name.replace(' ', '-').replace(',', '')}", name[:1].upper() + name[1:] if len(name) > 4 else name.upper(),
            make=partial(classifier, name), modules=("sequence_classifier",), because=WHY[name], names=ORDERED,
            trained="to tell texts from shuffled texts",
        )
        for name in order_models.MODELS
    ]  # fmt: skip
    found[0] = made(
        "order-bag", "Bag", make=partial(classifier, "bag"), modules=("sequence_classifier",), because=WHY["bag"],
        names=ORDERED, trained="to tell texts from shuffled texts",
    )  # fmt: skip
    found.append(
        made("order-stepwise", "RNN, a cell for each step", make=stepwise, modules=("sequence_classifier",),
             because="Every step has weights of its own.", names=ORDERED)
    )  # fmt: skip
    found.append(
        made("bag-counts", "Bag of words, counted", make=bag, modules=("bag",), names=FELT, trained="on real reviews",
             because="Counting is exact: the order is gone before anything is learnt.")
    )  # fmt: skip
    for placed in (False, True):
        because = WHY["attention" if placed else order_models.BLIND]
        title = f"One head, {'with' if placed else 'no'} positions"
        found.append(made(f"one-head-{'placed' if placed else 'blind'}", title, make=partial(one_head, placed),
                          modules=("one_head",), because=because, names=FELT, trained="on real reviews"))  # fmt: skip
    return found


def _tokens() -> list[Entry]:
    """Models with a row for each token, and translators."""
    made = partial(Entry, family="sequences", kind="words")
    found = [
        made(
            "minilm-sentence" if sentence else "minilm-tokens", f"MiniLM, {'sentence' if sentence else 'each token'}",
            make=partial(encoder, sentence), inputs=pieces, modules=("minilm",), data="two sentences", spell=spelled_pieces,
            because="Every token is told its position; all else in it treats tokens alike.", empty=100,
            out="answer" if sentence else "elements", trained="on a billion pairs of sentences",
        )
        for sentence in (True, False)
    ]  # fmt: skip
    found.append(made(
        "next-letter", "Transformer, next letter", make=repeating,
        inputs=lambda: tuple(np.array(numbered(t)) for t in ("ABCABCAB", "KFMPAKFM")), modules=("repeats",),
        because="Positions, and nobody looks ahead.", out="elements", data="letters that repeat", empty=0,
        spell=lambda ids: tuple(LETTERS[int(i)] for i in ids), trained="to repeat letters",
    ))  # fmt: skip
    found += [
        made(
            f"writer-{kind}", f"{kind.upper()} that writes", make=partial(writer, kind), inputs=letters, modules=("generator",),
            because="One cell at every step, but it remembers what came before.", out="elements", data="letters of a novel",
            spell=lambda ids: tuple(prose().names[int(i)].replace(" ", "␣") for i in ids), trained="on a novel",
            empty=prose().names.index(" "),
        )
        for kind in ("rnn", "lstm")
    ]  # fmt: skip
    found += [
        made(
            "translate-attention" if aligned else "translate-last", f"Translator, {'attention' if aligned else 'one vector'}",
            make=partial(translator, aligned), inputs=dates, modules=("encoder_decoder",), spell=date_words,
            data="dates in words",
            because="Two recurrent readers see the order.", trained="on dates in words",
        )
        for aligned in (True, False)
    ]  # fmt: skip
    return found


def entries() -> list[Entry]:
    """Texts and tokens."""
    return [*_texts(), *_tokens()]
