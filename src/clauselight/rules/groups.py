"""The peoples that rules may name: their names by language (``packs/groups/``), and which of them a text names.

A rule writes ``{group}`` where the name of any people may stand. So one pattern serves all of them, and what is
reported is the people whose name stands in the text, never one that the rule had in mind. docs/reference/packs.md has
the keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

from clauselight.rules.spans import Spans
from clauselight.text.language import Languages
from clauselight.text.packfile import PackFile, builtin_folder, entries, strings
from clauselight.text.terms import WORD_START, Script, any_latin, is_latin, loose, products, word_pattern

#: the folder of files of peoples, in the shipped packs and in a user's own
FOLDER = "groups"
#: what a rule writes where a name may stand: of a people, of a race, of those of a faith. A file of groups says which
#: slot its names are for; in the second form, for lists, a name that is also an everyday word stands alone: Han, Black
SLOTS = {
    "people": ("{group}", "{listed}"),
    "race": ("{race}", "{listed_race}"),
    "faith": ("{faith}", "{listed_faith}"),
}
#: what an expression that holds for every name writes in its place
_NAME = "{name}"
_CJK = re.compile(r"[\u3400-\u9fff]")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
#: a name's first word, which stands in every way of writing the name
_WORD = re.compile(r"[^\W_]+")
#: so many characters behind a name decide on its sense
_BEHIND = 64
#: so many names make one expression for the gate; Hyperscan takes no longer ones
_AT_ONCE = 60
_FILE = frozenset({"slot", "source", "not_in", "forms", "groups", "joint"})
_GROUP = frozenset({"id", "codes", "names", "short", "not_in", "source"})
_JOINT = frozenset({"groups", "names", "not_in", "source"})


@dataclass(frozen=True, slots=True)
class Name:
    """One name, the peoples that it names, and where the same letters name none."""

    text: str
    language: str
    #: ids; more than one where a word names several peoples at once
    groups: tuple[str, ...]
    #: expressions with the name in them: stretches in which it is no people
    not_in: tuple[str, ...] = ()
    #: whether it names the people in a list of peoples alone: by itself the word means other things too
    listed: bool = False
    where: str = field(default="", compare=False)

    @property
    def stem(self) -> str:
        """The name without the asterisk of a stem, which stands for any ending."""
        return self.text.removesuffix("*")

    @property
    def unless(self) -> list[str]:
        """What must not match behind the name."""
        return [_unless(self.text, sense) for sense in self.not_in]


def _unless(name: str, sense: str) -> str:
    """Behind a name: no match where what stands around it makes it the other sense."""
    before, _, after = sense.partition(name)
    behind = f"(?<={before}{re.escape(name)})" if before else ""
    return f"(?!{behind}{after})"


def _shared(names: Sequence[Name]) -> frozenset[str]:
    """What must not match behind any of some names."""
    return frozenset[str].intersection(*(frozenset(name.unless) for name in names)) if names else frozenset()


def _behind(name: Name, names: Iterable[Name], shared: frozenset[str]) -> str:
    """What must not match behind a name, without what all share.

    A name that begins a longer one is none where the longer one stands, which has senses of its own.
    """
    return "".join(each for each in name.unless if each not in shared) + _no_longer(name.stem, names)


def _no_longer(text: str, names: Iterable[Name]) -> str:
    """Behind a name: no match where it goes on to a longer one, which has other senses of its own."""
    rests = {n.stem[len(text) :] for n in names if len(n.stem) > len(text) and n.stem.startswith(text)}
    return f"(?!{'|'.join(map(re.escape, sorted(rests)))})" if rests else ""


@dataclass(frozen=True, slots=True)
class Group:
    """One people: its id, its codes as (system, code), and who says so."""

    id: str
    codes: tuple[tuple[str, str], ...] = ()
    source: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True)
class Groups:
    """All peoples in force and their names."""

    each: tuple[Group, ...] = ()
    names: tuple[Name, ...] = ()
    scripts: tuple[Script, ...] = field(default=(), repr=False)

    def slot(self, language: str, listed: bool = False) -> str:
        """An expression for the name of any people in a language, long names first; empty where it has none.

        Words of Latin letters begin alike: what holds for all of them is asked once, so that most places of a text
        cost one look instead of two hundred.
        """
        key = (language, listed)
        if key not in self._slots:
            self._slots[key] = self._slot(language, listed)
        return self._slots[key]

    @cached_property
    def _slots(self) -> dict[tuple[str, bool], str]:
        return {}

    def _slot(self, language: str, listed: bool) -> str:
        names = self._of(language, listed)
        shared = _shared(names)
        alike: dict[tuple[bool, str], list[str]] = {}
        for name in names:
            alike.setdefault((is_latin(name.stem), _behind(name, names, shared)), []).append(name.text)
        each = [
            (any_latin(texts) if latin else _either(word_pattern(t, self.scripts) for t in texts)) + behind
            for (latin, behind), texts in alike.items()
        ]
        latin = [e.removeprefix(WORD_START) for e in each if e.startswith(WORD_START)]
        others = [e for e in each if not e.startswith(WORD_START)]
        either = _either([*([WORD_START + _either(latin)] if latin else []), *others])
        return f"(?:{either}{''.join(sorted(shared))})" if each else ""

    def wide(self, language: str, listed: bool = False) -> str:
        """The same for the gate, which may report too much: every place of the letters, in whatever sense.

        Of a Chinese name the last two characters do: a dozen patterns with every name spelled out take Hyperscan half
        a minute.
        """
        texts = [name.stem for name in self._of(language, listed)]
        chinese = [t for t in texts if _CHINESE.fullmatch(t)]
        others = [re.escape(t) if _CJK.search(t) else loose(t) for t in texts if t not in set(chinese)]
        return _either([_ends(chinese), *others] if chinese else others)

    def parted(self, language: str) -> bool:
        """Whether the names are words of Latin letters, which the gate finds by themselves."""
        return any(is_latin(name.stem) for name in self._of(language, listed=True))

    def words(self, language: str, listed: bool) -> tuple[str, ...]:
        """For the gate: where a name of Latin letters begins, or a word of a name in code does; some names each."""
        texts = [name.stem for name in self._of(language, listed) if is_latin(name.stem)]
        parts = [
            (first[n : n + _AT_ONCE], *rest) for first, *rest in products(texts) for n in range(0, len(first), _AT_ONCE)
        ]
        return tuple(_starts(part) for part in parts)

    def named(self, text: str, start: int, end: int, language: str, listed: bool = False) -> tuple[str, ...]:
        """Ids of the peoples whose names stand in ``text[start:end]``, sorted; what stands around it is looked at.

        `listed` says that the place is an entry of a list of peoples.
        """
        here = text[start:end].lower()
        found: set[str] = set()
        taken = Spans()
        for first, number in self._first_words.get((language, listed), ()):
            if first not in here:
                continue
            name, expression = self._finder(language, listed, number)
            # no further than a sense may look behind a name: to the end of the text, each hit would cost all of it
            for match in takewhile(lambda m: m.end() <= end, expression.finditer(text, start, end + _BEHIND)):
                if taken.take(*match.span()):
                    found.update(name.groups)
        return tuple(sorted(found))

    def _of(self, language: str, listed: bool = False) -> list[Name]:
        names = (n for n in self.names if n.language == language and (listed or not n.listed))
        return sorted(names, key=lambda n: (-len(n.text), n.text))

    @cached_property
    def _first_words(self) -> Mapping[tuple[str, bool], list[tuple[str, int]]]:
        """For each language what its names begin with, in lower case, and their numbers; the long names first."""
        languages = sorted({n.language for n in self.names})
        return {
            (language, listed): [
                (match[0].lower(), n)
                for n, name in enumerate(self._of(language, listed))
                if (match := _WORD.search(name.text))
            ]
            for language in languages
            for listed in (False, True)
        }

    def _finder(self, language: str, listed: bool, number: int) -> tuple[Name, re.Pattern[str]]:
        """A name by its number, and its expression, which is built when it is first asked for."""
        key = (language, listed, number)
        if key not in self._finders:
            names = self._of(language, listed)
            name, shared = names[number], _shared(names)
            expression = word_pattern(name.text, self.scripts) + _behind(name, names, shared)
            self._finders[key] = name, re.compile(expression + "".join(sorted(shared)))
        return self._finders[key]

    @cached_property
    def _finders(self) -> dict[tuple[str, bool, int], tuple[Name, re.Pattern[str]]]:
        return {}

    @cached_property
    def decides(self) -> list[object]:
        """Everything that may change a result."""
        return [[n.text, n.language, n.groups, n.not_in, n.listed] for n in self.names]


def _starts(part: Sequence[Sequence[Sequence[str]]]) -> str:
    """For the gate: names of which each first word goes with each of the rests."""
    firsts, *rests = part
    any_case = _either(_spaced(words) for words in firsts)
    in_code = _either(f"{words[0][0].upper()}(?i:{_spaced([words[0][1:], *words[1:]])})" for words in firsts)
    rest = "".join(rf"[\s_\-]{{0,3}}(?i:{_either(map(_spaced, each))})" for each in rests)
    return rf"(?:(?:^|[^A-Za-z]|\\[nrtfv])(?i:{any_case})|[a-z0-9]{in_code}){rest}"


def _ends(names: Sequence[str]) -> str:
    """For the gate: how Chinese names end, their last two characters."""
    before: dict[str, set[str]] = {}
    for name in names:
        before.setdefault(name[-1], set()).add(name[-2:-1])
    # a name of one character ends alike whatever stands before it
    ends = [
        last if "" in firsts else rf"[{''.join(sorted(firsts))}]\s{{0,3}}{last}"
        for last, firsts in sorted(before.items())
    ]
    return rf"[\u3400-\u9fff\s]*{_either(ends)}"


def _spaced(words: Sequence[str]) -> str:
    return r"[\s_\-]{0,3}".join(map(re.escape, words))


def _either(expressions: Iterable[str]) -> str:
    each = list(expressions)
    return f"(?:{'|'.join(each)})" if each else ""


def group_files(folders: Iterable[Path] = ()) -> list[Path]:
    """The files of peoples that are shipped and those of further folders, in a stable order."""
    own = [file for folder in folders for file in sorted(folder.rglob(f"{FOLDER}/*.yaml"))]
    return [*sorted(builtin_folder().glob(f"{FOLDER}/*.yaml")), *own]


def read_groups(files: Iterable[Path], languages: Languages) -> tuple[dict[str, Groups], list[str]]:
    """The groups of some files by slot, and every problem as ``file:line: message``."""
    each: dict[str, list[Group]] = {slot: [] for slot in SLOTS}
    names: dict[str, list[Name]] = {slot: [] for slot in SLOTS}
    problems: list[str] = []
    readers = [_Reader(PackFile(path)) for path in files]
    senses = {slot: _together(r.senses for r in readers if r.slot == slot) for slot in SLOTS}
    for reader in readers:
        reader.read(senses[reader.slot])
        each[reader.slot] += reader.each
        names[reader.slot] += reader.names
        problems += reader.file.problems
    groups = [g for slot in SLOTS for g in each[slot]]
    problems += [f"{g.where}: group {g.id} has no `source`" for g in groups if not g.source]
    problems += list(_twice(groups, [n for slot in SLOTS for n in names[slot]]))
    return {slot: Groups(tuple(each[slot]), tuple(names[slot]), languages.scripts) for slot in SLOTS}, problems


def _together(each: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """The senses that the files of a slot say of all names, by language: they hold for those of every file."""
    found: dict[str, dict[str, None]] = {}
    for senses in each:
        for language, texts in senses.items():
            found.setdefault(language, {}).update(dict.fromkeys(texts))
    return {language: tuple(texts) for language, texts in found.items()}


def _twice(each: Sequence[Group], names: Sequence[Name]) -> Iterator[str]:
    """A problem for each id that is used twice and each name that would name two peoples."""
    ids: dict[str, str] = {}
    for group in each:
        if group.id in ids:
            yield f"{group.where}: group {group.id} is described before, at {ids[group.id]}"
        ids[group.id] = group.where
    known: dict[tuple[str, str], Name] = {}
    for name in names:
        yield from (f"{name.where}: {name.text} names {g}, which is no group" for g in name.groups if g not in ids)
        other = known.setdefault((name.language, name.text.lower()), name)
        if other is not name:
            yield f"{name.where}: {name.text} is a name of {', '.join(other.groups)} already, at {other.where}"


class _Reader:
    """Reads one file; `each` and `names` grow."""

    def __init__(self, file: PackFile) -> None:
        self.file = file
        self.each: list[Group] = []
        self.names: list[Name] = []
        self._raw: Mapping[str, Any] = file.mapping() or {}
        self.file.keys(self._raw, _FILE, "file of groups")
        self.slot = self._slot()
        #: what the file says of all names of its slot
        self.senses = self._senses(self._raw)
        self._source = str(self._raw.get("source") or "")
        self._forms = self._by_language(self._raw, "forms")
        self._common: Mapping[str, tuple[str, ...]] = {}

    def _slot(self) -> str:
        usual = next(iter(SLOTS))
        slot = str(self._raw.get("slot", usual))
        if slot not in SLOTS:
            self.file.problem(self._raw, f"`slot` {slot!r} is none of {', '.join(SLOTS)}")
            return usual
        return slot

    def read(self, common: Mapping[str, tuple[str, ...]]) -> None:
        """Take every group and name; `common` holds for all names of the slot."""
        self._common = common
        for item in self.file.items(self._raw, "groups"):
            self._group(item)
        for item in self.file.items(self._raw, "joint"):
            self.file.keys(item, _JOINT, "joint name")
            self._take_names(item, strings(item.get("groups")))

    def _group(self, raw: Mapping[str, Any]) -> None:
        self.file.keys(raw, _GROUP, "group")
        if not raw.get("id"):
            self.file.problem(raw, "a group needs an `id`")
            return
        codes = tuple((system, str(code)) for system, code in entries(self.file.inner(raw, "codes")))
        source = str(raw.get("source") or self._source)
        self.each.append(Group(str(raw["id"]), codes, source, self.file.place(raw)))
        self._take_names(raw, (str(raw["id"]),))

    def _take_names(self, raw: Mapping[str, Any], groups: tuple[str, ...]) -> None:
        known, short = self._by_language(raw, "names"), self._by_language(raw, "short")
        if not known and not short:
            self.file.problem(raw, f"{', '.join(groups) or 'a group'} has no `names`")
        for language, texts in known.items():
            for text in texts:
                self._take(raw, text, language, groups)
        for language, texts in short.items():
            for text in texts:
                self._take(raw, text, language, groups, listed=True)
                for form in self._forms.get(language, ()):
                    self._take(raw, form.replace(_NAME, text), language, groups)
        for language, senses in self._senses(raw).items():
            texts = (*known.get(language, ()), *short.get(language, ()))
            for sense in senses:
                if not any(text in sense for text in texts):
                    self.file.problem(raw, f"`not_in`: {sense!r} holds none of the names")

    def _take(
        self, raw: Mapping[str, Any], text: str, language: str, groups: tuple[str, ...], listed: bool = False
    ) -> None:
        """One name with its senses, those that all names of its language share included."""
        senses = (*self._common.get(language, ()), *self._senses(raw).get(language, ()))
        each = tuple(s for sense in senses if text in (s := sense.replace(_NAME, text)))
        self.names.append(Name(text, language, groups, self._sound(raw, text, each), listed, self.file.place(raw)))

    def _senses(self, raw: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        return self._by_language(raw, "not_in")

    def _by_language(self, raw: Mapping[str, Any], key: str) -> dict[str, tuple[str, ...]]:
        return {language: strings(value) for language, value in entries(self.file.inner(raw, key))}

    def _sound(self, raw: Mapping[str, Any], name: str, senses: tuple[str, ...]) -> tuple[str, ...]:
        """The senses that can be looked for; what stands before the name has to be of one length."""
        sound = []
        for sense in senses:
            try:
                compiled = re.compile(_unless(name, sense))
            except re.error as error:
                self.file.problem(raw, f"`not_in`: {sense!r} cannot stand around {name}: {error}")
                continue
            if compiled.groups:
                self.file.problem(raw, f"`not_in`: {sense!r} has a capture; write (?:…)")
            else:
                sound.append(sense)
        return tuple(sound)
