"""What a browser recorded (HAR 1.2): each body that was sent or received, with its address and time."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from clauselight.model import Blob
from clauselight.sources.archives import MOST_MEMBERS, Budget, Member


def har_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    """The bodies in order, and by name what has none. Raises `ValueError` for what is no record of a browser."""
    try:
        entries = json.loads(blob.read().decode("utf-8-sig", "replace"))["log"]["entries"]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"no list of what was loaded inside: {error}") from error
    for number, entry in enumerate(entries[:MOST_MEMBERS] if isinstance(entries, list) else ()):
        url, when = str(_at(entry, "request", "url") or number), _at(entry, "startedDateTime")
        sent = _at(entry, "request", "postData", "text")
        if isinstance(sent, str) and sent:
            yield _body(f"{blob.path}!/{url}#sent", sent, "", url, when, budget)
        content = _at(entry, "response", "content")
        text = _at(content, "text")
        path = f"{blob.path}!/{url}"
        if isinstance(text, str) and text:
            yield _body(path, text, str(_at(content, "encoding") or ""), url, when, budget)
        elif _at(content, "size") and _at(content, "size") != -1:
            why = "the browser recorded no body of it; record again with bodies, or save the page itself"
            yield Member(path, None, "no-body", why, url=url)
        else:
            yield Member(path, None, "no-capture", "the answer had no body", url=url)


def _body(path: str, text: str, encoding: str, url: str, when: Any, budget: Budget) -> Member:
    retrieved = when if isinstance(when, str) else None
    try:
        data = base64.b64decode(text) if encoding == "base64" else text.encode("utf-8", "replace")
    except ValueError as error:
        return Member(path, None, "damaged", f"its body cannot be decoded: {error}", url=url)
    budget.left -= len(data)
    return Member(path, Blob(path, data=data), url=url, retrieved=retrieved)


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
