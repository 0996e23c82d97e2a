"""From a case to the files of a dossier, and to the package around them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from clauselight.case import journal
from clauselight.case.store import Case
from clauselight.dossier import render
from clauselight.dossier.blocks import Picture
from clauselight.dossier.content import blocks, gather
from clauselight.errors import UsageError
from clauselight.package.bag import write as write_bag

FORMATS = ("html", "pdf", "docx", "md")


def build(
    case: Case,
    out: Path,
    *,
    formats: Sequence[str] = ("html",),
    title: str = "",
    only: str | None = None,
    unmask: bool = False,
    bag: bool = False,
    originals: bool = True,
    key: Path | None = None,
    timestamp: str | None = None,
    by: str | None = None,
    tick: Callable[[str, int, int], None] | None = None,
) -> dict[str, int]:
    """Write the dossier into `out`, which must be new or empty. Raises `UsageError` for what cannot be done, and leaves nothing behind then."""
    if unknown := [f for f in formats if f not in FORMATS]:
        raise UsageError(f"--format {','.join(unknown)}: the forms are {', '.join(FORMATS)}")
    if (key or timestamp) and not bag:
        raise UsageError("--sign and --timestamp seal a package: add --bag")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out}: not empty; a dossier wants a folder of its own")
    dossier = gather(
        case, title=title, only=only, unmask=unmask, tick=(lambda n, of: tick("pictures", n, of)) if tick else None
    )
    parts = list(blocks(dossier))
    documents: dict[str, bytes] = {}
    for number, form in enumerate(formats, 1):
        if tick:
            tick(form, number, len(formats))
        if form == "html":
            documents["dossier.html"] = render.html(dossier.title, parts).encode("utf-8", "replace")
        elif form == "md":
            documents["dossier.md"] = render.markdown(dossier.title, parts).encode("utf-8", "replace")
        elif form == "docx":
            documents["dossier.docx"] = render.docx(dossier.title, parts, dossier.created)
        else:
            documents["dossier.pdf"] = render.pdf(dossier.title, parts, dossier.created)
    made = not out.exists()
    try:
        drawings = [p for p in parts if isinstance(p, Picture) and p.name.endswith(".svg")]
        if bag:
            out.mkdir(parents=True, exist_ok=True)
            extra = {f"crops/{p.name}": p.data for p in drawings} if "md" in formats else {}
            write_bag(out, case, dossier, documents, extra=extra, originals=originals, key=key, timestamp=timestamp)
        else:
            out.mkdir(parents=True, exist_ok=True)
            for name, content in documents.items():
                (out / name).write_bytes(content)
            if "md" in formats:
                (out / "crops").mkdir()
                for picture in [*dossier.crops.values(), *drawings]:
                    (out / "crops" / picture.name).write_bytes(picture.data)
    except BaseException:
        if made:
            shutil.rmtree(out, ignore_errors=True)
        else:
            for left in out.iterdir():
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink()
        raise
    with case.transaction():
        detail = {
            "out": out.name,
            "findings": len(dossier.items),
            "formats": list(formats),
            "only": only,
            "bag": bag,
            "signed": key is not None,
            "unmask": unmask,
        }
        journal.append(case.db, "dossier", detail, by)
    unread = sum(c.state not in ("read", "skipped") for c in dossier.coverage)
    return {
        "findings": len(dossier.items),
        "documents": len(dossier.coverage),
        "not_read": unread,
        "pictures": len(dossier.crops),
    }
