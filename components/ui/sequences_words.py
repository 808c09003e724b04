"""The views of the Sequences page and its named situations."""

from components.ui.situations import Situations

VIEWS = {
    "models": "One task, all models",
    "share": "Shared steps, order",
    "unrolled": "Unrolled",
    "generate": "Generate",
    "translate": "Translate",
    "attention": "Self-attention",
    "heads": "Heads of a real model",
}
SITUATIONS: Situations = {
    "Four times as long as any it saw": (
        "Trained up to 12 letters, tested to 64: the same cell at every step does not mind.",
        {"view": "models", "model": "lstm", "seqtask": "letters", "longest": 12, "contestlook": "predict"},
    ),
    "Bad: a place for each token": (
        "Right on the lengths it learnt, a coin flip beyond, with twenty times the weights.",
        {"view": "models", "model": "feedforward", "seqtask": "letters", "longest": 12, "contestlook": "errors"},
    ),
    "The same cell at every step": (
        "A cell of its own for each step needs three times the sequences, and guesses at a step it never saw.",
        {"view": "share", "share": False},
    ),
    "Bad: man bites dog, to a bag": (
        "The same words: a bag, and attention without positions, give the same answer to the last digit.",
        {"view": "share", "half": "order", "pair": "man bites dog"},
    ),
    "A gate that holds on": (
        "The LSTM forgets by choice: look at f and c while the sentence goes on.",
        {"view": "unrolled", "cell": "lstm"},
    ),
    "Bad: an RNN that explodes": (
        "Five times U: the gradient grows on its way back.",
        {"view": "unrolled", "cell": "rnn", "when": "start", "recurscale": "5"},
    ),
    "It writes a chorale": (
        "Trained on Bach's sopranos: listen, and click a note to lead it elsewhere.",
        {"view": "generate", "corpus": "melodies", "genlook": "heat"},
    ),
    "Bad: always the likeliest word": (
        "Temperature 0: the writing falls into a loop for ever.",
        {"view": "generate", "temperature": 0.0, "genlook": "predict"},
    ),
    "Bad: one vector for three dates": (
        "Without attention one vector must hold everything: one date still works, three do not.",
        {
            "view": "translate",
            "aligned": False,
            "source": "3 may 1999 and 24 november 2026 and june 7th, 1984",
            "pairlook": "long",
        },
    ),
    "Bad: a few hundred sentences": (
        "Learnt by heart: right on what it was trained on, and on next to nothing else.",
        {"view": "translate", "pairs": "es", "pairlook": "examples"},
    ),
    "Nobody looks ahead": (
        "The causal mask: half of the scores are hidden, as in a model that writes.",
        {"view": "attention", "causal": True},
    ),
    "A head that only looks back": (
        "Layer 1, head 3 gives all its attention to the token before, whatever the words.",
        {"view": "heads", "hlayer": 1, "hhead": 3, "lineview": "matrix"},
    ),
    "Bad: whom does it mean?": (
        "The strong dog pulled, but “it” looks at the sled. Over 20 such sentences this head is right in 12, a coin in 10.",
        {"view": "heads", "sentence": "The dog pulled the sled because it was strong.", "hlayer": 4, "hhead": 2},
    ),
}
