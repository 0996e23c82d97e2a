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
from itertools import groupby, takewhile
from operator import itemgetter
from pathlib import Path
from typing import Any

from clauselight.text.language import Languages
from clauselight.text.packfile import PackFile, builtin_folder, entries, strings
from clauselight.text.terms import WORD_START, Script, is_latin, loose, word_pattern

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
_PEOPLE = re.compile(r"[\u3400-\u9fff]*(?P<before>[\u3400-\u9fff])族")
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


def _no_longer(text: str, names: Iterable[Name]) -> str:
    """Behind a name: no match where it goes on to a longer one, which has other senses of its own."""
    rests = {n.stem[len(text) :] for n in names if len(n.stem) > len(text) and n.stem.startswith(text)}
    return "".join(f"(?!{re.escape(rest)})" for rest in sorted(rests))


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
        each, shared = self._expressions(language, listed)
        latin = [e.removeprefix(WORD_START) for e in each if e.startswith(WORD_START)]
        others = [e for e in each if not e.startswith(WORD_START)]
        either = _either([*([WORD_START + _either(latin)] if latin else []), *others])
        return f"(?:{either}{shared})" if each else ""

    def wide(self, language: str, listed: bool = False) -> str:
        """The same for the gate, which may report too much: every place of the letters, in whatever sense.

        Of names in 族 the last two characters do: a dozen patterns with every name spelled out take Hyperscan half a
        minute.
        """
        texts = [name.stem for name in self._of(language, listed)]
        others = [re.escape(t) if _CJK.search(t) else loose(t) for t in texts if not _PEOPLE.fullmatch(t)]
        before = {match["before"] for text in texts if (match := _PEOPLE.fullmatch(text))}
        people = rf"[\u3400-\u9fff\s]*[{''.join(sorted(before))}]\s{{0,3}}族"
        return _either([people, *others] if before else others)

    def parted(self, language: str) -> bool:
        """Whether the names are words of Latin letters, which the gate finds by themselves."""
        return any(is_latin(name.stem) for name in self._of(language, listed=True))

    def words(self, language: str, listed: bool) -> tuple[str, ...]:
        """For the gate: where a name of Latin letters begins, or a word of a name in code does; some names each."""
        texts = [name.stem for name in self._of(language, listed) if is_latin(name.stem)]
        return tuple(_starts(texts[n : n + _AT_ONCE]) for n in range(0, len(texts), _AT_ONCE))

    def named(self, text: str, start: int, end: int, language: str, listed: bool = False) -> tuple[str, ...]:
        """Ids of the peoples whose names stand in ``text[start:end]``, sorted; what stands around it is looked at.

        `listed` says that the place is an entry of a list of peoples.
        """
        expression, names = self._finders.get((language, listed)) or (None, ())
        here = text[start:end].lower()
        if expression is None or not self._first_words[language].search(here):
            return ()
        # no further than a sense may look behind a name: to the end of the text, each hit would cost all of it
        found = takewhile(lambda m: m.end() <= end, expression.finditer(text, start, end + _BEHIND))
        return tuple(sorted({group for m in found for group in names[m.lastindex or 0].groups}))

    def _of(self, language: str, listed: bool = False) -> list[Name]:
        names = (n for n in self.names if n.language == language and (listed or not n.listed))
        return sorted(names, key=lambda n: (-len(n.text), n.text))

    def _expressions(self, language: str, listed: bool) -> tuple[list[str], str]:
        """One for each name, long names first, and what must not match behind any of them.

        A name that begins a longer one is none where the longer one stands. What all names share is asked once: with
        each name it would be most of the expression.
        """
        names = self._of(language, listed)
        shared = set[str].intersection(*(set(name.unless) for name in names)) if names else set[str]()
        each = [
            word_pattern(name.text, self.scripts)
            + "".join(each for each in name.unless if each not in shared)
            + _no_longer(name.stem, names)
            for name in names
        ]
        return each, "".join(sorted(shared))

    @cached_property
    def _finders(self) -> Mapping[tuple[str, bool], tuple[re.Pattern[str], tuple[Name, ...]]]:
        """For each language an expression with one capture a name, and the names by the number of their capture."""
        languages = sorted({n.language for n in self.names})
        return {(each, listed): self._finder(each, listed) for each in languages for listed in (False, True)}

    @cached_property
    def _first_words(self) -> Mapping[str, re.Pattern[str]]:
        """For each language what its names begin with: where none of it stands, the long expression is not tried."""
        words = ((n.language, match[0].lower()) for n in self.names if (match := _WORD.search(n.text)))
        by_language = groupby(sorted(set(words)), key=itemgetter(0))
        return {k: re.compile("|".join(re.escape(word) for _, word in each)) for k, each in by_language}

    def _finder(self, language: str, listed: bool) -> tuple[re.Pattern[str], tuple[Name, ...]]:
        names = self._of(language, listed)
        expressions, shared = self._expressions(language, listed)
        expression = "|".join(f"({each})" for each in expressions) or "(?!)"
        return re.compile(f"(?:{expression}){shared}"), (*names[:1], *names)

    @cached_property
    def decides(self) -> list[object]:
        """Everything that may change a result."""
        return [[n.text, n.language, n.groups, n.not_in, n.listed] for n in self.names]


def _starts(names: Sequence[str]) -> str:
    any_case = "|".join(_spaced(name) for name in names)
    in_code = "|".join(f"{name[0].upper()}(?i:{_spaced(name[1:])})" for name in names)
    return rf"(?:(?:^|[^A-Za-z]|\\[nrtfv])(?i:{any_case})|[a-z0-9](?:{in_code}))"


def _spaced(name: str) -> str:
    return re.escape(name).replace(r"\ ", r"[\s_\-]{0,3}")


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
