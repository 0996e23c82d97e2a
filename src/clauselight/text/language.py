"""Which languages a stretch of text is in, as far as the packs need to know: by script, by letters, by small words.

More than one may be right: a Portuguese comment in English code. No model, so the answer is the same everywhere and at once.
"""

from __future__ import annotations

import re

_SMALL_WORDS = {
    "en": "the of and to in is for on with that by this are be as from or it at an which has was not shall must if can all",
    "pt": "de da do que e em os as para com uma não por um no na dos das ou ser são ao pelo pela como mais deve às",
    "es": "de la el que y en los las para con una no por un del se ser al como más debe su es o sin",
    "fr": "de la le les et des en un une du que pour dans par sur est au aux avec ne pas ou doit qui ce ces être l d",
    "de": "der die das und in von zu den mit ist für des auf ein eine dem nicht im als nach oder wird bei werden sind darf muss keine",
    "tr": "ve bir bu için ile olarak da de ne gibi olan veya kadar en daha göre tarafından kişinin her",
    "vi": "của và các là có cho không được trong với theo người phải một những để này khi từ về hoặc",
}
_WORDS = {lang: frozenset(words.split()) for lang, words in _SMALL_WORDS.items()}
_LETTERS = {
    "pt": re.compile(r"[ãõâêô]|ç[ãõa]|ém\b"),
    "es": re.compile(r"[ñ¿¡]|ci[oó]n\b"),
    "fr": re.compile(r"[èêœù]|\b[dlq]['’][aeéhi]"),
    "de": re.compile(r"[äöüß]"),
    "tr": re.compile(r"[ğşı]|İ"),
    "vi": re.compile(r"[đơư\u1ea0-\u1ef9]"),
}
_TOKEN = re.compile(r"[^\W\d_]+")
_LATIN = ("en", *(_LETTERS))


def languages(text: str) -> frozenset[str]:
    """Codes of the languages that the text may be in; empty where nothing tells."""
    sample = text[:6000]
    found: set[str] = set()
    if re.search(r"[\u4e00-\u9fff]", sample):
        found.add("zh")
    if re.search(r"[\u0400-\u04ff]{3}", sample):
        found.add("ru")
    if re.search(r"[\u0621-\u064a]{3}", sample):
        found.add("ar")
    scores = _latin_scores(sample)
    best = max(scores.values(), default=0.0)
    found |= {lang for lang, score in scores.items() if score >= 2 and score >= 0.6 * best}
    return frozenset(found)


def _latin_scores(sample: str) -> dict[str, float]:
    tokens = [t.lower() for t in _TOKEN.findall(sample)]
    scores: dict[str, float] = {}
    for lang in _LATIN:
        words = _WORDS[lang]
        # single letters are names in code as often as words
        scores[lang] = sum((1.0 if len(t) > 1 else 0.5) for t in tokens if t in words)
        if lang in _LETTERS:
            scores[lang] += min(12, 2 * len(_LETTERS[lang].findall(sample)))
    return scores
