"""What covers, prefaces and catalogue pages say of a standard.

Drafters, proposer, administering body, issuer, and what it replaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.discourse import Discourse
from clauselight.statements.drafters import drafters
from clauselight.statements.fragments import BY, HAN, KINDS, KINDS_COMMON, KINDS_EN, REPLACE, THIS_CHAR, YEAR
from clauselight.statements.identity import COVER, FRONT, cited
from clauselight.statements.numbers import Number
from clauselight.statements.organisations import BODY_EN, is_no_body
from clauselight.statements.span import Span, Stretch
from clauselight.statements.stance import Told, is_fact, stance
from clauselight.text.patterns import pattern

#: 该标准 is the standard of the sentence before it; on a standard's own page, the standard itself
_THIS = rf"(?:本|木|该)(?:{KINDS})"
#: from a number to the label of its list
_ITS_LABEL = pattern(
    r"\s*[)）]?\s*(?:《[^》\n]{2,80}》)?\s*[)）]?\s*[，,:：]?\s*(?:标准)?的?\s*|\s*[)）]?\s*[:：—–-]?\s*", "）", "的"
)
#: a body in a sentence
_ORG = rf"(?P<org>[{HAN}A-Za-z（）()/·&\d -]{{2,60}}?)"
#: a body behind a label, up to the next label
_ORG_BEHIND_LABEL = r"(?P<org>[^\n。；;:：]{2,60}?)"


@dataclass(frozen=True, slots=True)
class _PrefaceForm:
    """A form in which a text names a body (`org`) with a part in the standard."""

    predicate: Predicate
    expression: re.Pattern[str]
    #: behind a label the name ends with its line
    labelled: bool = False
    #: how many matches count, from the first
    most: int | None = None


#: 本标准由甲提出
_PROPOSED = _PrefaceForm("proposed", pattern(rf"{_THIS}{BY}{_ORG}(?=提出)", "本标准由虚构市示例局提出"))
#: 提出单位：甲
_PROPOSED_LABEL = _PrefaceForm(
    "proposed",
    pattern(
        rf"提出(?:单位|部门|机构)\s*[:：]\s*{_ORG_BEHIND_LABEL}"
        r"(?=\s*(?:批准|发布|主管|执行|起草|归口|实施|[\n。；;]|$))",
        "提出单位：虚构市示例局",
    ),
    labelled=True,
)
#: 本标准由甲提出并归口
_PROPOSED_AND_ADMINISTERED = _PrefaceForm(
    "administers", pattern(rf"{_THIS}{BY}{_ORG}提出(?:并|和|、)归口", "本标准由示例局提出并归口")
)
#: 本标准由甲归口; 国家标准《…》由甲归口
_ADMINISTERED = _PrefaceForm(
    "administers",
    pattern(
        rf"(?:{_THIS}|国家标准[^。\n]{{0,80}}|、|，|,)\s*{BY}{_ORG}(?=(?:负责)?归口)",
        "本标准由示例标准化技术委员会归口",
    ),
)
#: 归口单位：甲
_ADMINISTERED_LABEL = _PrefaceForm(
    "administers",
    pattern(
        r"归口(?:单位|部门)\s*[:：]?\s*(?P<org>[^\n。；;:：]{4,80}?)"
        r"(?=\s*(?:批准|发布|主管|执行|起草|提出|实施|[\n。；;]|$))",
        "归口单位：示例标准化技术委员会",
    ),
    labelled=True,
)
#: 本标准由甲提出、归口并起草
_PROPOSED_AND_DRAFTED = _PrefaceForm(
    "drafted",
    pattern(
        rf"{_THIS}{BY}{_ORG}提出(?:、|，|并|和)?(?:归口)?(?:、|，|并|和)*(?:负责)?起草",
        "本标准由示例公司提出、归口并起草",
    ),
)
#: 发布单位：甲
_ISSUED_LABEL = _PrefaceForm(
    "issued",
    pattern(
        r"(?:批准发布|发布|批准)(?:部门|单位|机构)\s*[:：]\s*(?P<org>[^\n。；;]{2,40}?)"
        r"(?=\s*(?:[\n。；;]|实施|发布|归口|$))",
        "发布部门：示例部",
    ),
    labelled=True,
)
#: the body at the foot of a cover, which needs no label
_ISSUED_ON_COVER = _PrefaceForm(
    "issued",
    pattern(
        rf"(?:(?<=实施)|(?<=总局)|(?<=委员会)|(?<![{HAN}]))(?!实施|发布)(?P<org>"
        rf"中华人民共和国[{HAN}]{{2,24}}?(?:总局|部(?!门)|局|委员会)|"
        rf"国家(?:市场监督管理总局|标准化管理委员会|质量监督检验检疫总局)|"
        rf"中国国家标准化管理委员会|"
        rf"[{HAN}]{{2,12}}(?:市场监督管理局|质量技术监督局|协会|学会|联合会|"
        rf"[{HAN}（）()]{{2,24}}公司(?=\s*发\s*布)))",
        "虚构市市场监督管理局 发布",
    ),
)
#: the day of issue on a cover, behind which its issuer is printed
_COVER_DATE = pattern(
    rf"{YEAR}\s*[-—–.年/]\s*\d{{1,2}}\s*[-—–.月/]\s*\d{{1,2}}\s*日?\s*(?:发布|批准|颁布)|"
    rf"(?:发布|颁布|批准)(?:日期|时间)?\s*[:：]\s*{YEAR}\D\d{{1,2}}\D\d{{1,2}}",
    "2030-01-05发布",
    "发布日期：2030-01-05",
)
#: characters behind that day in which the issuer is looked for
_BELOW_DATE = 120


def _label_en(label: str) -> str:
    return rf"(?i)(?:^|\s){label}\s*[:：]\s*(?P<org>[^\n]{{3,160}})"


#: labels of translations; a body in a sentence is read by `prose`
_LABELS_EN = (
    _PrefaceForm(
        "issued",
        pattern(_label_en("(?:issued|published|released) by"), "Issued by: Ministry of Example"),
        labelled=True,
        most=2,
    ),
    _PrefaceForm(
        "issued",
        pattern(
            _label_en("(?:issuing|publishing) (?:authority|body|agency|department)"),
            "Issuing body: Ministry of Example",
        ),
        labelled=True,
        most=2,
    ),
    _PrefaceForm(
        "proposed",
        pattern(
            _label_en("(?:proposed by|proposing (?:organi[sz]ation|body|unit|department))"),
            "Proposed by: Example Bureau",
        ),
        labelled=True,
        most=2,
    ),
    _PrefaceForm(
        "administers",
        pattern(
            _label_en(
                "(?:administered by|administering (?:body|organi[sz]ation)|(?:technical )?committee|"
                "centrali[sz]ed (?:by|unit)|jurisdiction(?: unit)?|responsible committee)"
            ),
            "Technical committee: SAC/TC 999",
        ),
        labelled=True,
        most=2,
    ),
)
#: a committee of an international body, up to what is no part of its name
_COMMITTEE = (
    r"(?P<org>(?:the )?(?:joint )?(?:technical committee|itu-t study group|study group|subcommittee|cen/|cenelec|cen\b|"
    r"etsi|working group|project group)[^.\n]{0,180}?)"
    r"(?=\.|,? the secretariat|,? in (?:collaboration|accordance)|\s+(?:under|on) |\s*\(\d{4}|$)"
)
#: the document as the subject of an English sentence
_ITSELF = (
    r"(?i)(?:\b(?:this|the) (?:document|standard|european standard|international standard|part of [^.\n]{3,40}?|"
    r"recommendation|technical (?:report|specification))(?: \([^)]{2,40}\))?|\brecommendation itu-t [\w.]+) "
    r"(?:was|has been)"
)
#: `This document was prepared by Technical Committee …`
_PREPARED = (
    _PrefaceForm(
        "drafted",
        pattern(
            rf"{_ITSELF} (?:prepared|developed|drafted) by {_COMMITTEE}",
            "This document was prepared by Technical Committee EX/TC 99.",
        ),
        most=1,
    ),
    _PrefaceForm(
        "issued",
        pattern(
            rf"{_ITSELF} approved (?:on \d[^.\n]{{4,24}}? )?by {_COMMITTEE}",
            "This European Standard was approved by CENELEC on 2034-11-27.",
        ),
        most=1,
    ),
)
#: a document that speaks of itself, so that its lists are its own
_SPEAKS_OF_ITSELF = pattern(
    rf"{THIS_CHAR}(?:{KINDS_COMMON})|前\s*言|(?i:\bthis (?:{KINDS_EN})\b|foreword)", "前 言", "This part was drafted"
)
#: the same, where it is sure: it has a preface of its own, and speaks of itself outside a list of drafters
_HAS_PREFACE = pattern(
    rf"{THIS_CHAR}(?:{KINDS_COMMON})(?:规定|适用|由|代替|按|依据|的附录|是|为|附录|首次)|前\s*言|"
    rf"(?i:\bforeword\b|\bthis (?:{KINDS_EN}) (?:specifies|defines|replaces|applies|supersedes|covers|sets|describes))",
    "前 言",
    "This part specifies",
)
#: characters back in which a standard was spoken of, whose list may follow
_STILL_MEANT = 400
#: what a sentence about two parts leaves of a name: the body was named before
_NO_BODY = pattern(r"提出(?:并|和|、)?$|^(?:本|由)", "示例局提出并")
#: the article before a body
_THE = pattern(r"(?i)the\s+", "the Example Committee")
#: the verbs behind a name that its quote goes on with
_VERBS_BEHIND = pattern(r"(?:负责)?(?:提出|归口)(?:并归口|并组织实施)?", "提出并归口")
#: a verb of replacing before a number
_REPLACES = pattern(
    rf"(?P<partly>部分)?(?:{REPLACE}|取代)了?(?:部分)?\s*(?:了\s*)?|"
    r"(?i:(?P<partly_en>partly |partially )?(?:(?:cancels and )?replaces|supersedes|replacing|superseding)\s+"
    r"(?:the )?(?:standards? )?(?:parts? of )?)",
    "本标准代替",
    "This part partly replaces ",
)
#: what may be between that verb and the number: a bracket, or other numbers of the list
_LISTED_BEFORE = pattern(r"[\s《〈（(]*|.*?(?:和|与|、|及|,|and)\s*", " DB99/T 0001-2020和")
#: before the verb: the standard is the one that is replaced
_REPLACED_BY = pattern(r"被\s*$|(?i:(?:replaced|superseded) by\s*$)", "现已被", "It was superseded by ")
#: behind the number: only a part of it is replaced
_IN_PART = pattern(
    r"\s*(?:《[^》]{2,80}》)?\s*(?:in part|partly|partially|的?部分内容)", "《示例系统》的部分内容", " in part"
)


def preface(discourse: Discourse) -> Iterator[Statement]:
    """Drafters in printed order, proposer, administering body and issuer."""
    if not discourse.is_tender:
        yield from _drafters(discourse)
        yield from _bodies(discourse, [_PROPOSED_AND_DRAFTED])
    yield from _bodies(discourse, [_PROPOSED, _PROPOSED_LABEL])
    yield from _bodies(discourse, [_PROPOSED_AND_ADMINISTERED, _ADMINISTERED, _ADMINISTERED_LABEL])
    if _ISSUED_LABEL.expression.search(discourse.text[:FRONT]):
        yield from _bodies(discourse, [_ISSUED_LABEL])
    elif discourse.is_standard:
        yield from _named(discourse, _on_cover(discourse))
    if discourse.is_standard:
        for form in (*_LABELS_EN, *_PREPARED):
            yield from _bodies(discourse, [form])


def _drafters(discourse: Discourse) -> Iterator[Statement]:
    for order, name in enumerate(drafters(discourse.text[:FRONT], discourse.gaps(FRONT)), 1):
        standard = _named_before(discourse, name.label) or _spoken_of(discourse, name.start)
        if standard is not None:
            node = organisation(discourse, name.start, name.end, name.truncated)
            yield Statement("drafted", node, standard, (discourse.evidence(name.start, name.end),), order=order)


def _named_before(discourse: Discourse, label: int) -> Node | None:
    """The standard that is named right before a label, in its printed line: DB99/T 0001-2030的起草单位."""
    number = discourse.last_inside(discourse.line(label, label + 1)[0], label)
    is_named = number and _ITS_LABEL.fullmatch(discourse.text[number.end : label])
    return discourse.node(number) if number and is_named else None


def _spoken_of(discourse: Discourse, at: int) -> Node | None:
    """What a list or a label at `at` is of: the document, or the one standard that it names; None where it is neither.

    What a report or a tender says of a standard, and what stands in marks of quotation, is never of the document.
    """
    if discourse.is_standard:
        return discourse.itself
    numbers = {n.canonical: n for n in discourse.numbers}
    others = discourse.is_report or discourse.is_tender or discourse.is_quoted(at)
    if others or (numbers and not _SPEAKS_OF_ITSELF.search(discourse.text[:FRONT])):
        return cited(discourse, *numbers.values()) if len(numbers) == 1 else None
    if numbers and not _HAS_PREFACE.search(discourse.text[:FRONT]):
        meant = discourse.meant(_STILL_MEANT, at)
        return cited(discourse, meant) if meant else (discourse.itself if len(numbers) == 1 else None)
    return discourse.itself


@dataclass(frozen=True, slots=True)
class _Found:
    """A place that a form fits."""

    form: _PrefaceForm
    match: re.Match[str]


def _on_cover(discourse: Discourse) -> Iterator[_Found]:
    """The issuers below the day of issue of a cover, at most two."""
    cover = discourse.text[:COVER]
    published = _COVER_DATE.search(cover)
    if published:
        below = (
            _Found(_ISSUED_ON_COVER, match)
            for match in _ISSUED_ON_COVER.expression.finditer(cover)
            if 0 <= match.start() - published.end() < _BELOW_DATE
        )
        yield from islice(below, 2)


def _bodies(discourse: Discourse, forms: list[_PrefaceForm]) -> Iterator[Statement]:
    """The bodies that some forms of one predicate name, each once."""
    front = discourse.text[:FRONT]
    places = (_Found(form, m) for form in forms for m in islice(form.expression.finditer(front), form.most))
    yield from _named(discourse, places)


def _named(discourse: Discourse, places: Iterable[_Found]) -> Iterator[Statement]:
    seen: set[str] = set()
    for place in places:
        if place.match.group().startswith("该") and not discourse.is_standard:
            continue  # `prose` finds out which one is spoken of
        if _NO_BODY.search(place.match["org"]):
            continue
        start, end = _name_of(discourse, place)
        standard = _spoken_of(discourse, start)
        if standard is None:
            continue
        node = organisation(discourse, start, end)
        if is_no_body(node.name) or not _is_told(discourse, place, (start, end)):
            continue
        if node.name in seen or len(node.name) < 2 or (node.name.isascii() and not BODY_EN.search(node.name)):
            continue
        seen.add(node.name)
        evidence = (discourse.evidence(place.match.start(), _quote_end(discourse, place, end)),)
        yield Statement(place.form.predicate, node, standard, evidence)


def _is_told(discourse: Discourse, place: _Found, name: Stretch) -> bool:
    """Whether it is told as a fact: a label is no sentence, and nothing but what stands before it can deny it."""
    start = place.match.start()
    sentence = discourse.sentence(start, name[1])
    verb = (start, start) if place.form.labelled else (name[0] - 1, name[0])
    return is_fact(discourse.text, Told(sentence, verb, (name[0], max(name[1], _quote_end(discourse, place, name[1])))))


def _name_of(discourse: Discourse, place: _Found) -> tuple[int, int]:
    start, end = place.match.span("org")
    if place.form.labelled:
        end = min(end, discourse.first_line(start, end))
    article = _THE.match(discourse.text[start:end])
    return start + (article.end() if article else 0), end


def _quote_end(discourse: Discourse, place: _Found, end: int) -> int:
    """The quote holds the verbs behind the name."""
    last = end if place.form.labelled else max(place.match.end(), end)
    verbs = _VERBS_BEHIND.match(discourse.text[last : last + 8])
    return last + (verbs.end() if verbs else 0)


def organisation(span: Span, start: int, end: int, truncated: bool = False) -> Node:
    """An organisation as printed."""
    name = span.printed(start, end).strip(" 、，,:：")
    return Node("organisation", name, name, truncated=truncated)


# --- what it replaces ---


def replacements(discourse: Discourse) -> Iterator[Statement]:
    """Standards that this one takes the place of, wholly or in part."""
    if not discourse.is_standard:
        return
    seen: set[str] = set()
    for number in discourse.numbers:
        if number.start > FRONT or number.canonical in seen or number.canonical == discourse.itself.number:
            continue
        low = max(0, number.start - 40)
        verb = _replaces(discourse.text[low : number.start])
        if verb is None or not _is_replaced(discourse, number, low + verb.start()):
            continue
        seen.add(number.canonical)
        in_part = _IN_PART.match(discourse.text[number.end : number.end + 100])
        qualifier = "partly" if in_part or _is_partly(verb) else None
        quote = discourse.evidence(low + verb.start(), number.end + (in_part.end() if in_part else 0))
        yield Statement("replaces", discourse.itself, cited(discourse, number), (quote,), qualifier=qualifier)


def _replaces(before: str) -> re.Match[str] | None:
    """The verb of replacing that the words before a number end in, with nothing but other numbers behind it."""
    verb = next(reversed(list(_REPLACES.finditer(before))), None)
    if verb is None or not _LISTED_BEFORE.fullmatch(before[verb.end() :]):
        return None
    return None if _REPLACED_BY.search(before[: verb.start()]) else verb


def _is_replaced(discourse: Discourse, number: Number, verb: int) -> bool:
    """Whether a sentence says so as a fact: a draft that will replace it says it as one too."""
    sentence = discourse.sentence(number.start, number.end)
    return stance(discourse.text, Told(sentence, (verb, number.start), (number.start, number.end))) == "said"


def _is_partly(verb: re.Match[str]) -> bool:
    before = verb.string
    return bool(verb["partly"] or verb["partly_en"] or "部分代替" in before or "parts of" in before.lower())
