"""What the tags of a page hold besides its text: words for people, code, pages and files written into an attribute."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from clauselight.formats._htmltokens import Attribute, Token

Form = Literal["prose", "code", "page", "picture", "file"]

#: attributes that are shown or read aloud, and that widgets show by script
_SHOWN = frozenset(
    (
        *("alt", "title", "placeholder", "label", "summary", "abbr", "standby", "caption", "value", "content"),
        *("aria-label", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext"),
    )
)
#: what a `meta` says of a page to people, by its name or property: "description", "og:title"
_META = re.compile(
    r"(?:\w+[:.])?(?:title|description|keywords|subject|abstract|summary|topic|category|alt)$", re.IGNORECASE
)
#: attributes with code: "onclick", "data-fields", "v-model", "ng-repeat", ":label", "@click", "[value]", "(change)"
_CODE = re.compile(r"on[a-z]+$|data-|[vx]-|ng-|[:@*#\[(]|<%")
#: elements whose name is that of a field, and what their names are called
_FIELDS = frozenset(("input", "select", "textarea", "button", "param", "fieldset", "output", "meter", "form"))
#: one word of code and no sentence: "dominant_ethnicity", "face.race"
_WORD = re.compile(r"[\w$.\-\[\]:/]+", re.ASCII)
_LETTERS = re.compile(r"[^\W\d_]{2}|[\u2e80-\u9fff]")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
_DATA = re.compile(r"\s*data:([\w.+-]*/?[\w.+-]*)", re.IGNORECASE)
_BREAKS = re.compile(r"&#(?:0*1[03]|[xX]0*[aAdD]);")
#: characters of a picture that is written into a page; a smaller one is an icon
_PICTURE = 10_000
#: kinds of scripts that are pages and no code: "text/template", "text/x-handlebars", "text/html"
_TEMPLATE = re.compile(r"template|tmpl|handlebars|mustache|underscore|jsrender|ejs|text/html|text/plain", re.IGNORECASE)


class Part(NamedTuple):
    """Something in an attribute: its form, what it is called, its text, the line that it begins on."""

    form: Form
    what: str
    text: str
    line: int


def is_template(script: Token) -> bool:
    """Whether the content of a script is a page and no code."""
    return bool(_TEMPLATE.search(script.get("type")))


def aside(token: Token) -> Iterator[Part]:
    """What is in the attributes of a tag."""
    for attribute in token.attributes:
        if attribute.value and (part := _part(token, attribute)):
            yield part


def _part(token: Token, attribute: Attribute) -> Part | None:
    name, value = attribute.name, attribute.value
    if data := _DATA.match(value):
        return _written_inside(token.name, data[1].lower(), attribute)
    text = html.unescape(_BREAKS.sub(" ", value)) if "&" in value else value
    if not _LETTERS.search(text):
        return None
    if name == "srcdoc" or (name not in ("href", "src", "style") and _MARKUP.search(text)):
        return Part("page", "frame" if name == "srcdoc" else name, text, attribute.line)
    if name == "content" and token.name == "meta":
        named = _META.match(token.get("name") or token.get("property") or token.get("itemprop"))
        return Part("prose", "property", text, attribute.line) if named else None
    if _CODE.match(name):
        return Part("code", "server code" if name == "<%" else name, text, attribute.line)
    if name in ("href", "src", "action", "formaction") and text.lstrip()[:11].lower() == "javascript:":
        return Part("code", name, text, attribute.line)
    if name == "name" and token.name in _FIELDS:
        return Part("code", "field", text, attribute.line)
    if name in _SHOWN:
        return Part("code" if _WORD.fullmatch(text) else "prose", name, text, attribute.line)
    return None


def _written_inside(element: str, media_type: str, attribute: Attribute) -> Part | None:
    """A file in an address: a picture, or another that holds text."""
    if media_type.startswith("image/"):
        form: Form = "picture"
        if len(attribute.value) < _PICTURE:
            return None
    elif media_type.startswith(("font/", "audio/", "video/")) or "font" in media_type or element == "link":
        return None
    else:
        form = "file"
    return Part(form, attribute.name, "", attribute.line)
