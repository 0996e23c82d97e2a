"""What the words of a dossier mean."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.dossier.blocks import Block, Facts, Heading
from clauselight.dossier.gather import Dossier

_GLOSSARY = (
    (
        "finding",
        "a place where a system that observes or polices people sorts them by race, ethnicity, skin colour or religion",
    ),
    ("notice", "such a word taken from identity papers, or from a civil, health, school or staff record"),
    ("mention", "the word spoken of, regulated, condemned, or used in another sense"),
    (
        "role",
        "what the place does: analytic output (derived from an image, video, voice or gait), alarm, search filter, "
        "data field, code list, identity record",
    ),
    ("strength", "how far it binds: shall, should, may, can, with the word that says so"),
    ("quote", "the exact words of the source; offsets count characters of the canonical text whose SHA-256 is given"),
    ("gloss", "words in English that say what the place does; made by rules, not a translation of the quote"),
    ("binding (★)", "a clause of a tender that a bid must meet, or it fails"),
    ("decision", "what the reviewers named decided; disputed where they differ"),
)


def section(_: Dossier) -> Iterator[Block]:
    """The words."""
    yield Heading(1, "Words", "words")
    yield Facts(_GLOSSARY)
