"""The user's own lists: where they lie, how a file is brought in, and how they join the shipped catalogue."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from clauselight.entities.catalogue import Listing, Name, Organisation
from clauselight.entities.lists import ListEntry, Reads, readers
from clauselight.entities.resolve import Resolver
from clauselight.errors import UsageError
from clauselight.text.patterns import pattern

#: what is not kept in the name of a list, which is the name of its files
_NO_FILE_NAME = pattern(r"[^\w.-]+", "my list")


@dataclass(frozen=True, slots=True)
class Imported:
    """A list that was brought in: from which bytes, when, and what it held."""

    name: str
    form: str
    sha256: str
    imported: str
    organisations: int
    listings: int
    undated: int
    skipped: dict[str, int]


def folder() -> Path:
    """Where imported lists lie: ``$CLAUSELIGHT_LISTS``, or the user's data folder."""
    if own := os.environ.get("CLAUSELIGHT_LISTS"):
        return Path(own)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "clauselight" / "lists"


def bring_in(path: Path, name: str | None = None) -> Imported:
    """Read a file of any known form and keep it; a list of the same name is replaced.

    Raises `UsageError`, which says what is wrong with the file, or with the folder where lists are kept.
    """
    form = _form(path, _head(path))
    name = _NO_FILE_NAME.sub("-", name or path.stem)
    try:
        folder().mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder()}: lists cannot be kept there: {error.strerror}; name a folder with CLAUSELIGHT_LISTS"
        ) from error
    part = folder() / f".{name}.part"
    try:
        counts = _keep(form, path, part)
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"{path}: read as {form.name}, but {error}") from error
    if not counts.organisations:
        part.unlink(missing_ok=True)
        reasons = dict(counts.skipped) or "no rows"
        raise UsageError(f"{path}: read as {form.name}; it names no organisation ({reasons})")
    digest = hashlib.file_digest(path.open("rb"), "sha256").hexdigest()
    today = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    info = Imported(
        name, form.name, digest, today, counts.organisations, counts.listings, counts.undated, dict(counts.skipped)
    )
    part.replace(folder() / f"{name}.jsonl")
    (folder() / f"{name}.json").write_text(json.dumps(asdict(info), ensure_ascii=False, indent=1), encoding="utf-8")
    return info


def _head(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            return stream.read(4096)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error


@dataclass(slots=True)
class _Counts:
    """What a list holds, counted while it is read."""

    organisations: int = 0
    listings: int = 0
    undated: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


def _keep(form: Reads, path: Path, part: Path) -> _Counts:
    """Write the organisations of a file to `part`, one a line."""
    counts = _Counts()
    with part.open("w", encoding="utf-8") as out:
        for entry in form.read(path):
            if entry.skipped or not entry.names:
                counts.skipped[entry.skipped or "without a name"] += 1
                continue
            counts.organisations += 1
            counts.listings += len(entry.listings)
            counts.undated += sum(e.since is None for e in entry.listings)
            out.write(json.dumps(_record(entry), ensure_ascii=False) + "\n")
    return counts


def _form(path: Path, head: str) -> Reads:
    found = next((r for r in readers() if r.test(head)), None)
    if found is None:
        raise UsageError(
            f"{path}: not a list that is known here. Take FollowTheMoney JSON lines (OpenSanctions), the Consolidated "
            "Screening List as CSV or JSON, or a CSV with a column “name”"
        )
    return found


def _record(entry: ListEntry) -> dict[str, Any]:
    rows = [
        {**asdict(e), "since": str(e.since) if e.since else None, "until": str(e.until) if e.until else None}
        for e in entry.listings
    ]
    return {"id": entry.id, "names": entry.names, "listings": rows}


def shelf() -> list[Imported]:
    """What was brought in."""
    return [Imported(**json.loads(p.read_text(encoding="utf-8"))) for p in sorted(folder().glob("*.json"))]


def remove(name: str) -> None:
    """Forget a list. Raises `UsageError` where there is none of this name."""
    info = folder() / f"{name}.json"
    if not info.exists():
        raise UsageError(f"no imported list is named {name}; there are: {', '.join(i.name for i in shelf()) or 'none'}")
    info.unlink()
    (folder() / f"{name}.jsonl").unlink(missing_ok=True)


def _entries(info: Imported) -> Iterator[ListEntry]:
    with (folder() / f"{info.name}.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            listings = tuple(
                Listing(
                    e["list"],
                    e["title"],
                    _date(e["since"]),
                    _date(e["until"]),
                    f"{e['source']} [imported: {info.name}, {info.imported[:10]}]",
                )
                for e in row["listings"]
            )
            yield ListEntry(row["id"], tuple(row["names"]), listings)


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def joined(organisations: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """The catalogue with every imported list: an entry whose name surely means an organisation there adds to it."""
    known = {o.id: o for o in organisations}
    for info in shelf():
        resolver = Resolver(known.values())
        for entry in _entries(info):
            matches = {m.id for n in entry.names if (m := resolver.match(n)) and m.sure}
            names = tuple(Name(n, f"imported list {info.name}") for n in entry.names)
            key = matches.pop() if len(matches) == 1 else f"{info.name}:{entry.id}"
            old = known.get(key) or Organisation(key, entry.names[0], (), (), ())
            known[key] = Organisation(
                key, old.label, _new_names(old, names), old.listings + entry.listings, old.related
            )
    return tuple(known.values())


def _new_names(old: Organisation, names: tuple[Name, ...]) -> tuple[Name, ...]:
    have = {n.text for n in old.names}
    return old.names + tuple(n for n in names if n.text not in have)
