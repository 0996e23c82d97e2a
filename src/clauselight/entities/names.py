"""A name of an organisation taken apart: region, own name, trade, legal form, in Chinese and in English."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from clauselight.entities import vocabulary as words
from clauselight.text.normalise import normalise
from clauselight.text.patterns import pattern

#: an ideograph: the name is Chinese
_CJK = pattern(r"[\u3400-\u9fff]", "海山")
#: the legal form at the end of an English name, with its marks
_LEGAL_EN = pattern(
    r"[\s,.]*\b(?:co\s*\.?\s*,?\s*\.?\s*ltd\.?|company limited|limited company|private limited|pvt\.?\s*ltd\.?|"
    r"(?:co\.?,?\s*)?limited|ltd\.?|inc\.?|incorporated|corporation(?: limited)?|corp\.?|company|co\.?|llc|gmbh|plc|ag|"
    r"b\.?v\.?|s\.?\s?a\.?|s\.?r\.?l\.?|pte\.?\s*ltd\.?|group)\.?\s*$",
    "Seamount Co., Ltd.",
    "Northlight GmbH",
    flags=re.IGNORECASE,
)
#: brackets in or behind a name
_BRACKET = pattern(r"[(（]([^()（）]*)[)）]", "海山（北京）科技")
#: what is in brackets behind a name and is no part of it
_ASIDE = pattern(
    r"采购人|招标人|投标人|甲方|乙方|买方|卖方|联合体|牵头|成员|以下简称|简称|盖章|公章|中标|供应商|代码|股票|证券|"
    r"原名?[:：]?|曾用名|主编|组长|单位|hereinafter|formerly|stock",
    "以下简称海山",
    "hereinafter Seamount",
    flags=re.IGNORECASE,
)
#: an aside that gives another name
_ALSO_NAMED = pattern(r"简称|原|曾用名|hereinafter|formerly", "原海山公司", "formerly Seamount")
#: white space, to be one space
_SPACES = pattern(r"\s+", "Seamount  Ltd.")
#: a dash that OCR gives for the 一 of 第一
_DASH_FOR_ONE = pattern(r"(?<=第)[─—–一-](?=[\u4e00-\u9fff])", "第—研究所")
#: the state before the name of one of its bodies, which many copies leave out
_STATE = pattern(r"^中华人民共和国(?=[\u4e00-\u9fff]{2,})", "中华人民共和国示例部")
#: marks and spaces inside a Chinese name
_MARKS_ZH = pattern(r"[\s()（）·,，.。“”\"'\-—]", "海山·云图")
#: a place that is on no list: 某某市 before the own name of a company
_UNKNOWN_PLACE = pattern(r"[\u4e00-\u9fff]{1,2}[^城超都](?:省|市|县)(?=[\u4e00-\u9fff]{4})", "虚构市海山科技")
#: what is no letter or figure, in a legal form
_NO_LETTER = pattern(r"\W", "Co., Ltd.")
#: what parts the words of an English name
_PARTS_EN = pattern(r"[^\w&]+|_", "Seamount Digital")
#: character -> the first of its class of look-alikes
_LOOK = {c: group[0] for group in words.LOOKALIKES for c in group}


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart. `whole` is the name folded, `own` what tells it from others (字号)."""

    whole: str
    region: str
    own: str
    trade: str
    legal: str
    #: `company`, the ending of another body (研究所, 大学 …), `branch`, or empty where no form is printed
    kind: str
    latin: bool

    @property
    def bare(self) -> bool:
        """Nothing but the own name, perhaps behind a region."""
        return not self.trade and not self.legal and not self.kind


def fold(name: str) -> str:
    """Script, width, case, accents and spaces folded."""
    plain = normalise(_SPACES.sub(" ", name).strip()).text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _STATE.sub("", _DASH_FOR_ONE.sub("一", plain))


def asides(name: str) -> tuple[str, tuple[str, ...]]:
    """The name without brackets that are no part of it, and other names that stand in brackets beside it."""
    others: list[str] = []

    def out(match: re.Match[str]) -> str:
        inner = match[1].strip()
        plain = fold(inner)
        before = bool(_CJK.search(name[: match.start()]))
        if _ASIDE.search(plain):
            also = _ASIDE.sub("", inner).strip(" :：“”\"'、,，")
            if len(also) >= 2 and _ALSO_NAMED.search(plain):
                others.append(also)
            return ""
        if region(plain) == plain or not inner:
            return match.group()
        if before != bool(_CJK.search(inner)):  # the name in the other script
            others.append(inner)
            return ""
        return match.group()

    main = _BRACKET.sub(out, name).strip()
    return main or name, tuple(others)


def region(folded: str) -> str:
    """The region that a folded Chinese or English name begins with, as printed, or an empty string."""
    at = 0
    if not _CJK.search(folded):
        return folded if folded in words.PLACES_EN else ""
    while True:
        found = next((folded[at : at + n] for n in (4, 3, 2) if folded[at : at + n] in words.PLACES_ZH), "")
        if not found:
            return folded[:at]
        at += len(found)
        at += next((len(e) for e in words.PLACE_ENDINGS_ZH if folded.startswith(e, at)), 0)


def _bare_region(printed: str) -> str:
    for ending in (*words.PLACE_ENDINGS_ZH, "县"):
        printed = printed.replace(ending, "")
    return printed


@lru_cache(maxsize=200_000)
def parse(name: str) -> Parts:
    """Take a name apart. Never fails: what is not understood is the own name."""
    folded = fold(name)
    return _chinese(folded) if _CJK.search(folded) else _english(folded)


def _chinese(folded: str) -> Parts:
    regions = [m[1] for m in _BRACKET.finditer(folded) if region(m[1]) == m[1] and m[1]]
    plain = _MARKS_ZH.sub("", _BRACKET.sub(lambda m: "" if m[1] in regions else m[1], folded))
    if branch := next((b for b in words.BRANCH_ZH if plain.endswith(b) and "公司" in plain[: -len(b)]), ""):
        return Parts(plain, "", plain, "", branch, "branch", False)
    rest, legal, kind = _without_form(plain)
    place = region(rest) or (_unknown_place(rest) if kind == "company" else "")
    own = rest[len(place) :]
    if len(own) < 2 and place:  # 中国移动, 北京银行, 浙江省公安厅: the region is the name
        place, own = "", _bare_region(place) + own
    own, trade = _without_trade(own)
    if own.endswith("中国") and len(own) > 3 and not place:
        own, regions = own[:-2], ["中国"]
    return Parts(plain, _bare_region(place or "".join(regions)), own, trade, legal, kind, False)


def _without_form(plain: str) -> tuple[str, str, str]:
    """A Chinese name without its ending, the ending, and its kind: `company`, or what another body's name ends in."""
    for ending in words.LEGAL_ZH:
        if plain.endswith(ending) and len(plain) > len(ending):
            return plain[: -len(ending)], ending, "company"
    for ending in words.BODIES_ZH:
        if plain.endswith(ending) and len(plain) >= len(ending) + 2:
            return plain[: -len(ending)], ending, ending
    return plain, "", ""


def _unknown_place(rest: str) -> str:
    place = _UNKNOWN_PLACE.match(rest)
    return place.group() if place else ""


def _without_trade(own: str) -> tuple[str, str]:
    """The own name, of two characters or more, and the trades behind it."""
    trade = ""
    while word := next((t for t in words.TRADES_ZH if own.endswith(t) and len(own) - len(t) >= 2), ""):
        own, trade = own[: -len(word)], word + trade
    return own, trade


def _english(folded: str) -> Parts:
    rest, legal = folded.strip(), ""
    while (match := _LEGAL_EN.search(rest)) and match.start() > 0:
        legal = _NO_LETTER.sub("", match.group()) + legal
        rest = rest[: match.start()]
    tokens = _tokens(rest)
    named = next((i for i, t in enumerate(tokens) if t not in words.PLACES_EN), len(tokens))
    # a place behind the own name is that of a subsidiary: Hikvision USA
    places = [t for i, t in enumerate(tokens) if t in words.PLACES_EN and (i < named or t in ("china", "prc"))]
    own = [t for t in tokens if t not in places and t not in words.TRADES_EN]
    trade = [words.SAME_EN.get(t, t) for t in tokens if t in words.TRADES_EN]
    if not own or all(t in words.PLACES_EN for t in own):
        own, places, trade = tokens, [], []
    bodies = ("university", "college", "institute", "academy")
    kind = next((t for t in bodies if t in tokens), "company" if legal else "")
    return Parts("".join(tokens), "".join(sorted(places)), "".join(own), "".join(trade), legal, kind, True)


def _tokens(text: str) -> list[str]:
    """The words of an English name that tell it from others."""
    tokens = _PARTS_EN.split(text.replace("hong kong", "hongkong").replace("'", ""))
    return [t for t in tokens if t and t not in ("&", "and", "of", "the")]


def look(text: str) -> str:
    """Characters that OCR takes for each other folded into one."""
    return "".join(_LOOK.get(c, c) for c in text)
