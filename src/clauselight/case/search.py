"""Text and queries for the search index: runs of ideographs as overlapping pairs, to find words of two characters.

FTS5's own trigram tokenizer finds no word of two characters and says nothing about it; pairs split beforehand do.
"""

from __future__ import annotations

import hashlib
import re

from clauselight.text.normalise import normalise

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W_]+", re.UNICODE)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def pairs(text: str) -> str:
    """The words of a text as the index takes them: simplified, folded, ideographs in pairs."""
    out: list[str] = []
    for match in _RUN.finditer(normalise(text).text):
        run = match.group()
        if _HAN.match(run):
            out += [run[i : i + 2] for i in range(len(run) - 1)] if len(run) > 1 else [run]
            if len(run) > 1:
                out.append(run[-1])  # so that the last one, too, is found by itself
        else:
            out.append(run)
    return " ".join(out)


def query(text: str) -> str:
    """A query for FTS5: every word must occur; what stands in quotes, and any run of ideographs, as a phrase.

    A single ideograph becomes a prefix, since the index holds pairs.
    """
    parts: list[str] = []
    for quoted, plain in re.findall(r'"([^"]+)"|(\S+)', text):
        tokens = _tokens(_RUN.findall(normalise(quoted or plain).text))
        if not tokens:
            continue
        if len(tokens) == 1 and len(tokens[0]) == 1 and _HAN.match(tokens[0]):
            parts.append(f"{tokens[0]}*")
        else:
            parts.append('"' + " ".join(tokens) + '"')
    return " ".join(parts)


def _tokens(runs: list[str]) -> list[str]:
    out: list[str] = []
    for run in runs:
        out += [run[i : i + 2] for i in range(len(run) - 1)] if _HAN.match(run) and len(run) > 1 else [run]
    return out


def snippet(text: str, asked: str, around: int = 60) -> str:
    """The first place of a text where a word of the query stands, with what is around it."""
    for quoted, word in re.findall(r'"([^"]+)"|(\S+)', asked):
        at = text.find(quoted or word)  # as it is printed, which needs no normal form
        if at >= 0:
            return " ".join(text[max(0, at - around) : at + len(quoted or word) + around].split())
    plain = normalise(text)
    folded = plain.text.lower()
    if len(folded) != len(plain.text):
        folded = plain.text
    for quoted, word in re.findall(r'"([^"]+)"|(\S+)', asked):
        at = folded.find(normalise(quoted or word).text.lower())
        if at >= 0:
            a, b = plain.original(at, min(len(folded), at + len(quoted or word)))
            return " ".join(text[max(0, a - around) : b + around].split())
    return " ".join(text[: 2 * around].split())


def gist(text: str) -> str:
    """SHA-256 of a text without spaces and punctuation, simplified, folded: one for the same words in other bytes."""
    words = "".join(_RUN.findall(normalise(text).text))
    return hashlib.sha256(words.casefold().encode("utf-8", "replace")).hexdigest()
