"""The one list of everything that is shipped and was not written by hand: licence, source, version, checksum, command."""

import datetime
import hashlib
import json
import os
import platform
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = ROOT / "pretrained" / "manifest.json"


def enter(path: Path, *, licence: str, source: str, version: str, command: str) -> None:
    """Write a file's entry, with its checksum as it lies there."""
    known = json.loads(FILE.read_text()) if FILE.exists() else {}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    entry = {"licence": licence, "source": source, "version": version, "sha256": digest, "command": command}
    known[path.relative_to(ROOT).as_posix()] = entry
    FILE.write_text(json.dumps(dict(sorted(known.items())), indent=2, ensure_ascii=False) + "\n")


def machine() -> str:
    """The processor's name and its cores, as a recorded result says it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor() or platform.machine()}, {os.cpu_count()} cores"


def today() -> str:
    """The date, as a recorded result says it."""
    return datetime.date.today().isoformat()
