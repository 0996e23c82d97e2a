"""Names in code of other languages, false friends, and particulars of a person, by the real packs."""

from __future__ import annotations

import pytest

from clauselight.model import BlockLayout, Context, Document, Finding, Unit
from clauselight.model.document import LineLayout
from clauselight.rules.find import Finder
from clauselight.rules.load import load
from clauselight.structure.describe import describer

FINDER = Finder(load())


def in_code(lines: list[str], name: str) -> list[Finding]:
    text = "\n".join(lines)
    return FINDER.findings(
        Document(name, "text/plain", "text", text, LineLayout(text, describer("code", name), kind="code"))
    )


def in_prose(text: str) -> list[tuple[str, str, str]]:
    found = FINDER.findings(
        Document("a.txt", "text/plain", "text", text, BlockLayout([Unit(0, len(text), 1, 1)], [Context()]))
    )
    return sorted((f.attribute, f.level, f.role) for f in found)


@pytest.mark.parametrize(
    ("table", "attribute"),
    [
        ("CREATE TABLE detenidos (color_piel VARCHAR(20));", "skin_colour"),
        ("CREATE TABLE detenidos (grupoEtnico VARCHAR(20));", "ethnicity"),
        ("CREATE TABLE presos (religiao VARCHAR(20));", "religion"),
        ("CREATE TABLE presos (raca_cor VARCHAR(20));", "race"),
        ("CREATE TABLE detenus (couleur_peau VARCHAR(20));", "skin_colour"),
        ("CREATE TABLE Haeftling (Hautfarbe VARCHAR(20));", "skin_colour"),
        ("CREATE TABLE Haeftling (Volkszugehoerigkeit VARCHAR(20));", "ethnicity"),
        ("CREATE TABLE mahkum (ten_rengi VARCHAR(20));", "skin_colour"),
        ("CREATE TABLE pham_nhan (ton_giao VARCHAR(20));", "religion"),
        ("CREATE TABLE zaklyuchennye (natsionalnost VARCHAR(20));", "ethnicity"),
    ],
)
def test_a_name_of_its_own_language_counts_in_the_smallest_file(table: str, attribute: str) -> None:
    found = in_code([table], "invented.sql")
    assert [(f.attribute, f.level, f.role) for f in found] == [(attribute, "finding", "data_field")]


def test_such_a_name_takes_no_word_of_prose_away() -> None:
    # the rule of names and the rule of words have one term; in running text the former is none
    text = "In der Polizeidatei wird die Volkszugehörigkeit der Verdächtigen gespeichert."
    assert in_prose(text) == [("ethnicity", "finding", "data_field")]


def test_a_word_of_another_sense_in_a_language_that_names_are_made_of_names_nothing() -> None:
    lines = ["class Desaparecido:", "    nombre = ''", "    apellidos = ''", "    estatura = 0", "    complexion = ''"]
    assert in_code(lines, "invented.py") == []
    lines = ["class MissingPerson:", "    name = ''", "    surname = ''", "    height = 0", "    complexion = ''"]
    assert [(f.line, f.attribute) for f in in_code(lines, "invented.py")] == [(5, "skin_colour")]


@pytest.mark.parametrize(
    ("lines", "role"),
    [
        (["class Detenu(models.Model):", "    ethnie = models.CharField()"], "data_field"),
        (["class Detenu(db.Model):", "    ethnie = Column(String)"], "data_field"),
        (["class DetenuModel:", "    # the model predicts it", "    ethnie = model.predict(face)"], "analytic_output"),
    ],
)
def test_a_model_of_a_table_analyses_nothing(lines: list[str], role: str) -> None:
    assert [f.role for f in in_code(lines, "invented.py")] == [role]


@pytest.mark.parametrize(
    "text",
    [
        "登记内容包括姓名、性别、出生日期、民族、宗教信仰、住址。",
        "Gespeichert werden Familienname, Vorname, Geburtsdatum, Volkszugehörigkeit und Religionszugehörigkeit.",
        "Se anotarán los nombres, los apellidos, el sexo, la fecha de nacimiento, la etnia y la religión.",
    ],
)
def test_what_is_listed_among_the_particulars_of_a_person_is_recorded_of_one(text: str) -> None:
    assert in_prose(text) == [("ethnicity", "notice", "identity_record"), ("religion", "notice", "identity_record")]


@pytest.mark.parametrize(
    "text",
    [
        "The employer shall not discriminate on grounds of name, date of birth, sex, race or religion.",
        "Niemand darf wegen Name, Geburt, Geschlecht, Religion oder Hautfarbe benachteiligt werden.",
        "不得因姓名、性别、民族、宗教信仰而歧视任何人。",
    ],
)
def test_a_ban_of_discrimination_records_no_particulars(text: str) -> None:
    assert {level for _, level, _ in in_prose(text)} == {"mention"}
