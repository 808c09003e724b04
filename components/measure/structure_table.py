"""Structure between columns: rows may be permuted, and what one column tells of another stays.

    U_i = max_j I(x_i; x_j) / H(x_i), less that of shuffled columns     what the best other column tells, in parts of the entropy
    components of the correlation matrix above those of shuffled columns     latent dimensions

Numbers are cut at their quantiles into at most 8 classes; of names the 7 most frequent count and the rest is one. Sources:
Theil 1970 (uncertainty coefficient); Horn 1965 (parallel analysis).
"""

import numpy as np

from components.measure.base import number, undefined
from components.measure.surrogates import COPIES, SEED, chance, outside
from components.measure.views import channels, columns, has, signals
from components.values import Curve, Reading, Sample

SLIDE = "slide Modality Profile 3, structure"
ROWS, COLUMNS, CLASSES, A_CLASS, FEWEST = 1_000, 40, 8, 20, 8  # looked at; classes; rows a class holds; rows that are needed
NEAR, FAR = "told by another column", "latent dimensions"


def classes(sample: Sample) -> tuple[list[str], np.ndarray]:
    """The columns that vary as whole numbers `(n, p)`, below 9, and their names; a missing cell is a class of its own.

    At most 1,000 rows and 40 columns, drawn at random. Columns in which nearly every name is another one are left out.
    """
    rng = np.random.default_rng(SEED)
    if has(sample["raw"], "frame"):
        frame = sample["raw"]["frame"]
        named = [(str(name), frame[name]) for name in frame.columns]
    else:
        named = list(zip(channels(sample), columns(sample).T, strict=True))
    n = len(named[0][1]) if named else 0
    rows = np.sort(rng.permutation(n)[:ROWS])
    some = sorted(rng.permutation(len(named))[:COLUMNS].tolist())
    found = [(named[j][0], _classes(np.asarray(named[j][1])[rows])) for j in some]
    kept = [(name, c) for name, c in found if c is not None and np.ptp(c) > 0] if n else []
    return [name for name, _ in kept], np.stack([c for _, c in kept], 1) if kept else np.zeros((n, 0), int)


def _classes(cells: np.ndarray) -> np.ndarray | None:
    """One column as classes; None where nothing repeats."""
    import pandas as pd

    missing = pd.isna(cells)
    count = int(np.clip(len(cells) // A_CLASS, 2, CLASSES))
    if cells.dtype.kind in "iuf" or all(
        isinstance(c, (int, float, np.number)) and not isinstance(c, bool) for c in cells[~missing]
    ):
        values = cells[~missing].astype(float)
        if len(np.unique(values)) > count:
            cuts = np.unique(np.quantile(values, np.arange(1, count) / count))
            inside = np.searchsorted(cuts, values, "right")
        else:
            inside = np.unique(values, return_inverse=True)[1]
    else:
        _, ids, counts = np.unique(cells[~missing].astype(str), return_inverse=True, return_counts=True)
        if len(counts) > max(2, len(cells) / 4):
            return None
        rank = np.argsort(np.argsort(-counts, kind="stable"))
        inside = np.minimum(rank[ids.ravel()], count - 1)
    found = np.full(len(cells), CLASSES)
    found[~missing] = inside
    return found


def told(codes: np.ndarray) -> np.ndarray:
    """U of every column `(p,)`: the largest I(x_i; x_j) / H(x_i) over the others, of classes `(n, p)`, plug-in."""
    n, p = codes.shape
    width = CLASSES + 1
    one = np.zeros((n, p * width), np.float32)
    one[np.arange(n)[:, None], codes + width * np.arange(p)] = 1
    joint = np.rint(one.T @ one).astype(np.int32).reshape(p, width, p, width)
    count = np.arange(n + 1.0)
    bits = count * np.log2(np.maximum(count, 1)) / n  # so that H = log2 n - the sum of these over the counts
    both = np.log2(n) - bits[joint].sum((1, 3))
    h = np.diag(both).copy()
    shared = h[:, None] + h - both
    np.fill_diagonal(shared, -np.inf)
    return shared.max(1) / h


def measure(sample: Sample) -> tuple[tuple[Reading, ...], bool, bool]:
    """What another column tells, and latent dimensions; whether the first is beyond chance, and there are any of the second."""
    names, codes = classes(sample)
    what = (
        "What the best other column tells of a column, in parts of its entropy (numbers in classes of equal size), the mean over "
        "columns, less what shuffled columns give"
    )
    formula = r"\frac1p\sum_i\max_{j\ne i}\frac{I(x_i;x_j)}{H(x_i)}-\text{shuffled}"
    source = f"Theil 1970, uncertainty coefficient; {SLIDE}"
    latent = components(sample)
    far = latent["value"] > 0 and "why" not in latent
    if codes.shape[0] < FEWEST or codes.shape[1] < 2:
        why = f"there are fewer than {FEWEST} rows" if codes.shape[0] < FEWEST else "fewer than two columns vary and repeat"
        return (undefined(NEAR, "%", f"{what}.", formula, source, why), latent), False, far
    rng = np.random.default_rng(SEED)
    u, others = told(codes), np.array([told(rng.permuted(codes, axis=0)) for _ in range(COPIES)])
    found = outside(u.mean(), others.mean(1))
    what += f"; {'beyond' if found else 'within'} chance: {chance(COPIES)}; below 0: less than in shuffled copies."
    what += f" {ROWS:,} rows are drawn at random." if len(sample["elements"]) > ROWS else ""
    curve: Curve = {
        "x": np.array(names, str),
        "y": 100 * u,
        "x_title": "column",
        "y_title": "told by the best other column, %",
        "style": "bars",
        "baseline": 100 * others.mean(0),
        "low": 100 * others.min(0),
        "high": 100 * others.max(0),
    }
    first = number(NEAR, 100 * (u.mean() - others.mean()), "%", what, formula, source, curve, chance=not found)
    return (first, latent), found, far


def components(sample: Sample) -> Reading:
    """Principal components of the standardised number columns whose variance exceeds the largest of shuffled columns."""
    what = "Principal components of the number columns that hold more variance than those of shuffled columns"
    formula = r"|\{k : \lambda_k>\max\lambda_k^{\text{shuffled}}\}|"
    source = f"Horn 1965, parallel analysis; {SLIDE}"
    rng = np.random.default_rng(SEED)
    found = [s.values.ravel() for s in signals(sample)] if has(sample["raw"], "frame") else list(columns(sample).T)
    some = [found[j] for j in sorted(rng.permutation(len(found))[:COLUMNS].tolist())]
    x = np.stack(some, 1) if some else np.zeros((0, 0))
    x = x[np.sort(rng.permutation(len(x))[:ROWS])]
    x = x[:, np.isfinite(x).any(0)] if len(x) else x
    x = np.where(np.isfinite(x), x, np.nanmean(np.where(np.isfinite(x), x, np.nan), 0)) if x.size else x
    x = x[:, x.std(0) > 1e-9 * (1 + np.abs(x).max(0))] if x.size else x
    if len(x) < FEWEST or x.shape[1] < 2:
        why = f"there are fewer than {FEWEST} rows" if len(x) < FEWEST else "fewer than two columns are numbers that vary"
        return undefined(FAR, "", f"{what}.", formula, source, why)
    own = np.linalg.eigvalsh(np.corrcoef(x.T))[::-1]
    others = np.array([np.linalg.eigvalsh(np.corrcoef(rng.permuted(x, axis=0).T))[::-1] for _ in range(COPIES)])
    above = own > others.max(0)
    count = len(own) if above.all() else int((~above).argmax())
    curve: Curve = {
        "x": np.arange(1.0, len(own) + 1),
        "y": own,
        "x_title": "component",
        "y_title": "variance, in columns",
        "baseline": others.mean(0),
        "low": others.min(0),
        "high": others.max(0),
    }
    return number(FAR, count, "components", f"{what}; {x.shape[1]} columns are looked at.", formula, source, curve)
