"""Words and limits of the view "Translate"."""

PAIRS = {"dates": "Dates", "es": "Spanish", "fr": "French", "de": "German"}
DEFAULTS = {
    "dates": "tuesday the 24th of november 2026",
    "es": "this account is inactive.",
    "fr": "this account is inactive.",
    "de": "this account is inactive.",
}
MOST = {"dates": 48, "es": 24, "fr": 24, "de": 24}  # tokens read
KEPT, HELD = 300, 2  # characters that fit into a link; dates of a source drawn by the button, at most
LOOKS = {
    "long": "Predict: longer sources",
    "examples": "Held-out: right and wrong",
    "check": "Check yourself",
    "code": "Code",
}


def kind_of(pairs: str) -> str:
    """What a source is made of."""
    return "tokens" if pairs == "dates" else "words"


def percent(share: float) -> str:
    """A share, with a decimal where it matters."""
    return f"{share:.1%}" if 0.005 < share < 0.995 and not 0.1 < share < 0.9 else f"{share:.0%}"


def estimated(share: float, n: int) -> str:
    """A share of n with its standard error; with none or all of n the bound 3/n that holds in 95 % of such cases."""
    if share <= 0 or share >= 1:
        return f"{share:.0%} ({'<' if share <= 0 else '>'} {abs(share - 3 / n) if share else 3 / n:.1%})"
    return f"{percent(share)} ± {(share * (1 - share) / n) ** 0.5:.1%}"
