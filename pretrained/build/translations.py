"""Cut real sentence pairs out of Django's message catalogues, for the view "Translate" of the Sequences page.

    python -m pretrained.build.translations

A few seconds. Fetches the source archive of Django 5.2 by name and version with pip into a temporary folder, reads the `.po`
files of Spanish, French and German, leaves out messages with placeholders, markup or a context, fuzzy ones and long ones, and
writes `pretrained/data/translations.npz`: for each language its pairs as UTF-8 bytes, a line each, with a tab between.
"""

import ast
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np

from components.tasks.translations import LANGUAGES, LONGEST, split
from pretrained.build.manifest import enter

FILE = Path(__file__).parents[1] / "data" / "translations.npz"
VERSION = "5.2"
SKIP = re.compile(r"[%{}<>\\&\n\t]")


def messages(text: str) -> list[dict[str, str]]:
    """The entries of a `.po` file, by field; "fuzzy" where a translation is only a guess."""
    found: list[dict[str, str]] = []
    entry: dict[str, str] = {}
    field = ""
    for line in [*text.splitlines(), ""]:
        if not line.strip():
            found += [entry] if entry else []
            entry, field = {}, ""
        elif line.startswith("#"):
            entry |= {"fuzzy": "yes"} if line.startswith("#,") and "fuzzy" in line else {}
        elif start := re.match(r'(msgid_plural|msgid|msgstr|msgctxt)(\[\d\])? (".*")$', line):
            field = start[1] + (start[2] or "")
            entry[field] = ast.literal_eval(start[3])
        elif field:
            entry[field] += ast.literal_eval(line)
    return found


def pairs(archive: Path, language: str) -> dict[str, str]:
    """English and its translation; of equal messages the first."""
    found: dict[str, str] = {}
    with tarfile.open(archive) as tar:
        names = sorted(m.name for m in tar if m.name.endswith(f"/locale/{language}/LC_MESSAGES/django.po"))
        for name in names:
            member = tar.extractfile(name)
            assert member is not None
            for entry in messages(member.read().decode()):
                source, target = entry.get("msgid", ""), entry.get("msgstr", "")
                if not source or not target or {"msgctxt", "fuzzy"} & set(entry) or SKIP.search(source + target):
                    continue
                if len(split(source)) <= LONGEST and len(split(target)) <= LONGEST + 4:
                    found.setdefault(source, target)
    return found


def main() -> None:
    """Fetch, cut, write."""
    with tempfile.TemporaryDirectory() as folder:
        fetch = ("download", f"django=={VERSION}", "--no-deps", "--no-binary", ":all:", "--no-build-isolation", "-d", folder)
        subprocess.run([sys.executable, "-m", "pip", *fetch], check=True)
        archive = next(Path(folder).glob("*.tar.gz"))
        texts = {language: pairs(archive, language) for language in LANGUAGES}
    lines = {name: "\n".join(f"{a}\t{b}" for a, b in found.items()) for name, found in texts.items()}
    arrays = {name: np.frombuffer(text.encode(), np.uint8) for name, text in lines.items()}
    np.savez_compressed(FILE, allow_pickle=False, **arrays)
    print({name: len(found) for name, found in texts.items()}, FILE.stat().st_size)
    enter(
        FILE,
        licence="BSD-3-Clause (Django Software Foundation and individual contributors)",
        source="message catalogues (.po) of Django in Spanish, French and German, from PyPI's source archive",
        version=VERSION,
        command="python -m pretrained.build.translations",
    )


if __name__ == "__main__":
    main()
