"""From a case to the files of a dossier, and to the package around them."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from clauselight.case import journal
from clauselight.case.store import Case
from clauselight.dossier.blocks import PICTURES, Manuscript, Picture
from clauselight.dossier.forms import Form, chosen
from clauselight.dossier.gather import Dossier, gather
from clauselight.dossier.progress import OnStep, silent
from clauselight.dossier.sections import blocks
from clauselight.errors import UsageError
from clauselight.package import payload
from clauselight.package.request import Built, DossierRequest
from clauselight.sources.written import note


def build(case: Case, request: DossierRequest, progress: OnStep = silent) -> Built:
    """Write the dossier, and say so in the journal of the case.

    Raises `UsageError` for what cannot be done, and leaves nothing behind then.
    """
    forms = chosen(request.forms)
    _check_empty(request.out)
    dossier = gather(case, title=request.title, only=request.only, unmask=request.unmask, progress=progress)
    manuscript = Manuscript(dossier.title, dossier.created, tuple(blocks(dossier)))
    documents = _rendered(manuscript, forms, progress)
    beside = _named_pictures(manuscript, forms)
    with _all_or_nothing(request.out):
        if request.bag:
            payload.write(case, dossier, payload.PayloadParts(documents, beside), request.out, request.bag)
        else:
            _write(request.out, documents, beside)
        _log(case, request, dossier)
    _note(request.out)
    return Built.of(dossier)


def _check_empty(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out}: not empty; a dossier wants a folder of its own")


def _rendered(manuscript: Manuscript, forms: Sequence[Form], progress: OnStep) -> dict[str, bytes]:
    """The files of the forms by name."""
    documents = {}
    for number, form in enumerate(forms, 1):
        progress(form.name, number, len(forms))
        documents[form.file] = form.render(manuscript)
    return documents


def _named_pictures(manuscript: Manuscript, forms: Sequence[Form]) -> tuple[Picture, ...] | None:
    """The pictures that must lie beside the dossier; None where no form names any."""
    if not any(form.names_pictures for form in forms):
        return None
    return tuple(b for b in manuscript.blocks if isinstance(b, Picture))


def _write(out: Path, documents: dict[str, bytes], beside: tuple[Picture, ...] | None) -> None:
    for name, content in documents.items():
        (out / name).write_bytes(content)
    if beside is not None:
        (out / PICTURES).mkdir()
        for picture in beside:
            (out / PICTURES / picture.name).write_bytes(picture.data)


@contextlib.contextmanager
def _all_or_nothing(out: Path) -> Iterator[None]:
    """Make the folder; take away what was written where anything goes wrong, also an interruption."""
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        if made:
            shutil.rmtree(out, ignore_errors=True)
        else:
            _clear(out)
        raise


def _clear(folder: Path) -> None:
    for left in folder.iterdir():
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()


#: files of a package that are copies, or may be the same bytes as a document or as a file of somebody else
_NOT_OURS = {"originals", "texts", PICTURES, "bagit.txt", "timestamp.tsr"}


def _note(out: Path) -> None:
    """Write down what is ours, so that a folder with a dossier in it can be checked without it."""
    for file in sorted(out.rglob("*")):
        if file.is_file() and _NOT_OURS.isdisjoint(file.relative_to(out).parts):
            note(file)


def _log(case: Case, request: DossierRequest, dossier: Dossier) -> None:
    detail = {
        "out": request.out.name,
        "findings": len(dossier.items),
        "formats": list(request.forms),
        "only": request.only,
        "bag": request.bag is not None,
        "signed": request.bag is not None and request.bag.key is not None,
        "unmask": request.unmask,
    }
    with case.transaction():
        journal.append(case.db, "dossier", detail, request.by)
