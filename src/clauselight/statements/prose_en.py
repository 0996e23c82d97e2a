"""English sentences on who drafted, proposed, administers and issued a standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.model.statement import Node, Predicate
from clauselight.statements.discourse import Discourse
from clauselight.statements.fragments import ABBREVIATED, KINDS_EN, UNITS_EN
from clauselight.statements.mentions import Mention
from clauselight.statements.numbers import Number
from clauselight.statements.organisations import english_names
from clauselight.statements.span import Stretch
from clauselight.text.patterns import pattern


@dataclass(frozen=True, slots=True)
class _EnglishForm:
    """A verb of a sentence, and what it says of its agents."""

    predicate: Predicate
    expression: re.Pattern[str]


_ADVERBS = "(?:jointly |co-|mainly |primarily |reportedly |originally |partly |also |all |together |led by |in part )*"
_DRAFTED = "(?:drafted|written|co-?written|authored|co-?authored|developed|prepared|formulated|compiled|drawn up)"
#: passive: `… was drafted by A, B and C`, and what else is done by bodies
_PASSIVE = (
    _EnglishForm(
        "drafted",
        pattern(
            rf"(?i)\b(?:was|were|is|are|been|being)?\s*{_ADVERBS}{_DRAFTED}\s+(?:jointly |together |mainly )?by\s+",
            "It was jointly drafted by Seamount and Cloudfig.",
        ),
    ),
    _EnglishForm(
        "proposed",
        pattern(
            r"(?i)\b(?:was|were|is|are|been)?\s*(?:proposed|put forward|initiated)"
            r"(?: and (?:is |was )?(?:administered|managed))?\s+by\s+(?=\S)",
            "It was proposed by the Example Ministry.",
        ),
    ),
    _EnglishForm(
        "administers",
        pattern(
            r"(?i)\b(?:(?:is|are|shall be|was|be|and)\s+)?"
            r"(?:under the (?:centrali[sz]ed )?(?:jurisdiction|administration|management|responsibility) of|"
            r"administered by|centrally managed by|proposed by and (?:shall be |is )?under the jurisdiction of|"
            r"proposed and administered by|shall be under the jurisdiction of)\s+",
            "It is under the jurisdiction of the Example Committee.",
        ),
    ),
    _EnglishForm(
        "issued",
        pattern(
            r"(?i)\b(?:was|were|is|are|been)?\s*(?:jointly )?(?:issued|published|promulgated|released)\s+by"
            r"\s*[:：]?\s*",
            "It was issued by the Example Ministry.",
        ),
    ),
)
_DRAFT = "(?:draft|write|author|develop|create|set|shape|formulate|compile)"
_DRAFTING = "(?:drafting|writing|formulation|development|creation|preparation|compilation)"
_DRAFTING_UNITS = f"drafting (?:{UNITS_EN})"
#: active: `A, B and C helped draft …`, `… were among the drafters of …`, `… are listed as drafters`
_ACTIVE = pattern(
    r"(?i)(?<!\bwas)(?<!\bwere)(?<!\bis)(?<!\bare)(?<!\bbeen)(?<!\bbe)\s+"
    r"(?:(?:have|has|had|also|all|jointly|reportedly|together|both|each|which|who)\s+)*"
    rf"(?:helped\s+(?:to\s+)?{_DRAFT}|"
    r"(?:co-?)?(?:drafted|wrote|authored|developed|formulated)|"
    r"(?:participated|took part|were involved|was involved|assisted)\s+in\s+(?:the\s+)?"
    rf"{_DRAFTING}(?:\s+of)?|"
    r"contributed to (?:the )?(?:drafting|writing|development) of|"
    r"(?:are|is|was|were)\s+(?:one of|among|some of)\s+the\s+(?:main\s+|lead\s+)?(?:co-?)?"
    rf"(?:drafters?|authors?|{_DRAFTING_UNITS})\s+(?:of|behind|for)|"
    r"(?:are|is|was|were)\s+(?:also\s+)?(?:listed|named|credited|cited|identified)\s+"
    r"(?:as|among|as one of|as being among)\s+(?:the\s+|a\s+|an\s+)?(?:main\s+|lead\s+)?"
    rf"(?:drafters?|{_DRAFTING_UNITS}|co-?authors?|authors?|co-?drafters?|contributors?)"
    r"(?:\s+(?:of|for|to|on|in|behind))?)\b",
    "Seamount and Cloudfig helped draft DB99/T 0001-2030.",
    "Seamount is listed as a drafting unit of DB99/T 0001-2030.",
)
_DRAFTERS = (
    "(?:(?:main|lead|chief|principal|key)\\s+)?(?:co-?)?"
    f"(?:drafters?|drafting (?:{UNITS_EN}|committee)|authors?|writers?)"
)
#: before a number: `the drafters of the standard`
_DRAFTERS_OF = pattern(
    rf"(?i)\b{_DRAFTERS}\s+(?:of|behind|for)\s+(?:the\s+)?(?:standards?\s+)?$", "The main drafters of "
)
#: behind it: `are`, `include`
_ARE = pattern(
    r"(?i)(?:\s*\([^()\n]{1,60}\))?\s+(?:are|is|were|was|include[sd]?|including|comprise[sd]?)\s*:?\s+",
    " (dated 2030) include ",
)
#: behind a number: `lists A and B as drafters`
_LISTS = pattern(
    r"(?i)(?:\s*\([^()\n]{1,60}\))?,?\s+(?:which\s+|that\s+)?"
    r"(?:lists?|listed|names?|named|credits?|credited|identifies|identified|gives)\s+(?P<list>[^.;]{2,300}?)\s+"
    rf"(?:as|among)\s+(?:its\s+|the\s+|an?\s+|one of (?:its|the)\s+)?{_DRAFTERS}\b",
    " lists Seamount and Cloudfig as drafting organizations",
)
#: before a number: `The Ministry of Example issued`
_ISSUES = pattern(
    r"(?:^|[.;:\n]\s*|\b(?:when|after|as|that)\s+|\b(?=The\s[A-Z]))(?:[Tt]he\s+)?(?P<org>[A-Z][^.;:\n]{2,90}?)\s+"
    r"(?:has\s+|had\s+|officially\s+|jointly\s+)*(?:released|issued|published|promulgated)\s+"
    r"(?:the\s+)?(?:new\s+)?(?:standards?\s+)?$",
    "The Ministry of Example issued ",
)
#: where the sentence begins when a heading is printed before it
_THE = pattern(r"\bThe\s+", "News The Ministry of Example")
#: what denies or doubts the verb behind it
_NEGATED = pattern(r"(?i)\b(?:not|never|denie[sd]|deny|n't|did not|no evidence)\b", "Seamount did not draft it")
#: between a verb of drafting and a number: it is another text, on that standard
_ANOTHER_WORK = pattern(
    r"(?i)\b(?:critiques?|protests?|reports?|papers?|articles?|letters?|comments?|objections?|responses?|reviews?|"
    r"anal[yi]s[ei]s|stud(?:y|ies)|petitions?|books?|guides?|summar(?:y|ies)|translations?|complaints?|opinions?|"
    r"commentar(?:y|ies)|software|code|products?|systems? (?:for|under|to)|against|about)\b",
    " a critique of ",
)
#: words that point back to a standard
_THE_STANDARD = pattern(
    r"(?i)\b(?:(?:the|this|that|these|both) (?:standards?|document|specification|part|section|rules?|guidelines?)|"
    r"it|they)\b",
    "The standard was drafted by Seamount.",
)
#: the document as the subject of its own sentence
_THIS = pattern(rf"(?i)\bthis (?:{KINDS_EN})\b", "This part was drafted by Seamount.")
#: the same with the word of the ITU for a standard
_THIS_RECOMMENDATION = pattern(rf"(?i)\bthis (?:{KINDS_EN}|recommendation)\b", "This recommendation was prepared")
#: the second verb of a sentence: `… was issued by A and was`
_AND_WAS = pattern(r"(?i)\b(?:and|,)\s*(?:was|is)?\s*$", "It was issued by the Example Ministry and was ")
#: a committee of an international body, which `preface` reads
_COMMITTEE = pattern(r"(?i)(?:the )?(?:joint |technical |study |working |project |sub)", "Technical Committee EX/TC 99")
#: what may be before the one body that proposed, administers or issued
_ARTICLE = pattern(r"\s*(?:(?:the|China's)\s+)?", "the ")
#: where a clause begins that has a subject of its own
_CLAUSE = pattern(
    r"(?:\b(?:that|where|said|says|while|because|and that|shows?|reported|revealed)|[:;–—])\s+",
    "Records show that Seamount helped draft it",
)
#: where a list of names ends that runs to the end of its sentence
_LIST_END = pattern(
    r"\.(?=\s+[A-Z\"“]|\s*$|\s*\n)|;|\n\s*\n|。|"
    r"\s+(?:which|who|and (?:is|was|came|comes|takes?|took|entered|has|had|shall)|on [A-Z][a-z]+ \d|in (?:19|20)\d\d|"
    r"(?<!together )(?<!along )with|under the|according|after|before|to (?:be|replace)|for the)\b",
    "Seamount and Cloudfig. It was issued later.",
    "Seamount and Cloudfig and was issued later",
)
#: a legal form right before a full stop, which is part of the name
_LEGAL_FORM = pattern(rf"(?i)\b(?:{ABBREVIATED})$", "Seamount Co., Ltd")
#: an abbreviation whose full stop ends no sentence
_ABBREVIATION = pattern(rf"(?i)\b(?:{ABBREVIATED}|no|st)$", "Drafting unit No")
#: unless it is the last word of one
_NEW_SENTENCE = pattern(r"\.\s*(?:\n|$|\s+(?:It|The|This|They|In|On|These|A)\b)", ". \nIt was issued later.")
#: characters of a list
_LIST = 1200
#: characters back in which a standard was spoken of, and is still meant by `it`
_STILL_MEANT = 600


# --- forms right around a number ---


def drafters_of(text: str, number: Number) -> list[Stretch] | None:
    """`The drafters of … are A and B`; None where the number is in no such form."""
    are = _ARE.match(text, number.end) if _DRAFTERS_OF.search(text[max(0, number.start - 60) : number.start]) else None
    if are is None:
        return None
    return _moved(english_names(text[are.end() : min(_list_end(text, are.end()), are.end() + 600)]), are.end())


def listed_as_drafters(text: str, number: Number) -> list[Stretch] | None:
    """`… lists A and B as drafters`; None where the number is in no such form."""
    lists = _LISTS.match(text, number.end)
    return _moved(english_names(lists["list"]), lists.start("list")) if lists else None


def issuers_before(text: str, number: Number) -> list[Stretch]:
    """`The Ministry of Example issued …`: the bodies right before the verb, at most two."""
    low = max(0, number.start - 160)
    issues = _ISSUES.search(text[low : number.start])
    if issues is None:
        return []
    skip = max((match.end() for match in _THE.finditer(issues["org"])), default=0)
    names = english_names(issues["org"][skip:], strict=True)[:2]
    return _moved(names, low + issues.start("org") + skip)


def _moved(names: list[Stretch], by: int) -> list[Stretch]:
    return [(start + by, end + by) for start, end in names]


# --- sentences ---


def passive(discourse: Discourse) -> Iterator[Mention]:
    """`… was drafted by A, B and C`; `was proposed by`, `is administered by`, `was issued by`."""
    for form in _PASSIVE:
        for verb in form.expression.finditer(discourse.text):
            yield from _passive(discourse, form.predicate, verb)


def _passive(discourse: Discourse, predicate: Predicate, verb: re.Match[str]) -> Iterator[Mention]:
    text = discourse.text
    start, end = discourse.sentence(verb.start(), verb.end())
    if _NEGATED.search(text[start : verb.start()]) or text[verb.start() - 1 : verb.start()] == "《":
        return
    standard = _subject(discourse, start, verb.start())
    agents = text[verb.end() : min(_list_end(text, verb.end()), max(end, verb.end()))]
    read_by_preface = discourse.is_standard and predicate in ("drafted", "issued") and _COMMITTEE.match(agents)
    if standard is None or read_by_preface:
        return
    for name in _moved(_agents(discourse, predicate, agents), verb.end()):
        yield Mention(predicate, standard, name, (min(start, verb.start()), name[1]), verb.span())


def _agents(discourse: Discourse, predicate: Predicate, text: str) -> list[Stretch]:
    """The bodies behind a verb: a list of drafters; of other verbs one body, right behind."""
    names = english_names(text, strict=discourse.is_standard)
    if predicate == "drafted":
        return names
    return [name for name in names[:1] if _ARTICLE.fullmatch(text[: name[0]])]


def _subject(discourse: Discourse, start: int, verb: int) -> Node | None:
    """The standard of a passive sentence: before the verb, else the one that `it` or `the standard` points back to."""
    if named := discourse.last_inside(start, verb):
        return discourse.node(named)
    lead = discourse.text[start:verb]
    if discourse.is_standard and (_THIS_RECOMMENDATION.search(lead) or not lead.strip()):
        return discourse.itself
    if _THIS.search(lead):
        return None  # it speaks of itself, and what it is is not known
    earlier = discourse.meant(_STILL_MEANT, start)
    if earlier and (_points_back(lead) or _AND_WAS.search(lead)):
        return discourse.node(earlier)
    return None


def _points_back(lead: str) -> bool:
    return _THE_STANDARD.search(lead) is not None or not lead.strip(" \n,") or len(lead) < 4


def active(discourse: Discourse) -> Iterator[Mention]:
    """`A, B and C helped draft …`."""
    for verb in _ACTIVE.finditer(discourse.text):
        start, end = discourse.sentence(verb.start(), verb.end())
        lead = discourse.text[start : verb.start()]
        number = discourse.first_from(verb.end(), end)
        told = discourse.text[verb.end() : number.start if number else end]
        is_other = _NEGATED.search(lead[-20:]) or _ANOTHER_WORK.search(told)
        standard = None if is_other else _object(discourse, verb.end(), end)
        if standard is None:
            continue
        clause = max((match.end() for match in _CLAUSE.finditer(lead)), default=0)
        for name in _moved(english_names(lead[clause:]), start + clause):
            quote = (name[0], max(verb.end(), number.end if number else 0))
            yield Mention("drafted", standard, name, quote, verb.span())


def _object(discourse: Discourse, verb: int, end: int) -> Node | None:
    """The standard of an active sentence: behind the verb, else the one that `it` or `the standard` points back to."""
    reach = max(end, verb + 160)
    after = next((n for n in discourse.numbers if verb <= n.start and n.end <= reach), None)
    if after and after.start < end:
        return discourse.node(after)
    if not _THE_STANDARD.search(discourse.text[verb : verb + 40]):
        return None
    earlier = discourse.meant(_STILL_MEANT, verb)
    return discourse.node(earlier) if earlier else None


def _list_end(text: str, at: int) -> int:
    """Where a list of names ends that runs to the end of its sentence; `Co., Ltd.` ends none."""
    for match in _LIST_END.finditer(text[at : at + _LIST]):
        end = at + match.start()
        before = text[max(0, end - 6) : end]
        if match.group().startswith(".") and _ABBREVIATION.search(before) and not _NEW_SENTENCE.match(text, end):
            continue
        return end + 1 if _LEGAL_FORM.search(before) else end
    return min(len(text), at + _LIST)
