"""Owners, comments and members of code by its syntax tree; code that cannot be parsed is read by its lines."""

from __future__ import annotations

import time

import pytest

from clauselight.model import LineLayout
from clauselight.structure import trees
from clauselight.structure.describe import describer

#: name of a file, and its code; before each line stand its owners and `|`, for a comment with the line that it is about
CODE: dict[str, str] = {
    "a.h": r"""|namespace cam {
cam #2|// skin colour
cam|typedef struct tagFACE {
cam.FACE|  int race; // 人种
cam.FACE #6|  /* 民族 */
|
cam.FACE|  int nation;
cam.FACE|  enum { WHITE, /* x */ BLACK } kind;
cam.FACE|} FACE, *PFACE;
cam|#define RACE 1
cam|int get(
cam.get|  int race) {
cam.get| return race;
cam.get|}
cam|}""",
    "A.java": r"""|package a;
#5|/**
#5| * @param race the race
#5| */
|@Data
|public class A {
A|  @JsonProperty("race")
A|  private String race;
A|  enum R {
A.R|    WHITE(1), // 白
A.R|    BLACK
A.R|  }
A #13|  // {
A|  public String get() {
A.get|    m.put("race", "{");
A.get|  }
A|}""",
    "a.py": r"""|class A:
#2 A|  # race
A|  race = 1
A|  def f(
A.f|    self,
A.f|    race,
A.f|  ):
A.f|    if race:
A.f|      return {
A.f|        'x': 1,
A.f|        'races': [
A.f.races|          'white',
A.f.races|        ],
A.f|      }
|RACES = [
RACES|  'white',
RACES|]
|""",
    "a.ts": r"""|export interface Face {
Face|  race?: string;
Face|  box: {
Face.box|    x: number
Face.box|  };
Face|}
|const RACES = {
RACES|  white: 'w',
RACES|};
|""",
    "A.cs": r"""|namespace A.B {
A.B|  public enum Race
A.B.Race|  {
#4 A.B.Race|    /// <summary>white</summary>
A.B.Race|    White = 1,
A.B.Race|  }
A.B|}
|""",
    "a.go": r"""|package a
|
|type Face struct {
#4 Face|	// race
Face|	Race string `json:"race"`
Face|}
|
|func (f *Face) Get() string {
Get|	return f.Race
Get|}
|""",
    "a.rs": r"""|pub enum Race {
#3 Race|    /// white
Race|    #[serde(rename = "w")]
Race|    White,
Race|}
|""",
    "a.php": r"""|<?php
|class Face {
Face|  private $race;
Face|  function get() {
Face.get|    return [
Face.get|      'race' => [
Face.get.race|        1,
Face.get.race|      ],
Face.get|    ];
Face.get|  }
Face|}
|""",
    "a.kt": r"""|class Face(
Face|  val race: String,
Face|) {
#4 Face|  // race
Face|  fun get(): Int {
Face.get|    return 1
Face.get|  }
Face|}
|""",
    "a.swift": r"""|struct Face {
#2 Face|  // race
Face|  var race: String
Face|  enum R: Int {
Face.R|    case white = 1
Face.R|  }
Face|}
|""",
}


def said(name: str, code: str) -> list[str]:
    """What is said of each line, as `CODE` has it; lines count from 0."""
    layout = LineLayout(code, describer("code", name))
    out = []
    for index in range(len(layout)):
        context = layout.context(index)
        about = f"#{context.member[1] if context.member else ''} " if context.comment else ""
        out.append(f"{about}{'.'.join(context.owners)}".strip())
    return out


@pytest.mark.parametrize("name", CODE)
def test_every_line_has_its_owners_and_every_comment_its_declaration(name: str) -> None:
    expected, code = zip(*(row.split("|", 1) for row in CODE[name].split("\n")), strict=True)
    assert [" ".join(sorted(e.split())) for e in said(name, "\n".join(code))] == [
        " ".join(sorted(e.split())) for e in expected
    ]


def test_each_grammar_is_tried() -> None:
    tried = {trees._grammar(name.lower()) for name in CODE}
    assert {module for module, _ in trees._GRAMMARS.values()} - {found[0] for found in tried if found} == {
        "tree_sitter_javascript"  # that of TypeScript has the same nodes
    }


def test_a_declaration_in_error_is_read_by_its_lines_and_the_others_by_the_tree() -> None:
    broken = "struct A {\n  BEGIN_MACRO(\n  int race;\n};\n"
    sound = "struct B {\n  int race;\n};\n" * 20
    assert said("a.h", broken + sound)[2] == "A" and said("a.h", broken + sound)[5] == "B"


@pytest.mark.parametrize("code", ["@@ !! ?? " * 50, "a<" * 20_000, "{" * 50_000, "\0" * 100, ""])
def test_what_is_no_code_or_made_to_be_hard_is_read_by_its_lines(code: str) -> None:
    began = time.monotonic()
    said("a.cpp", code)
    assert time.monotonic() - began < 20


def test_the_bound_of_work_does_not_depend_on_the_clock() -> None:
    layout = LineLayout("a<" * 20_000, describer("code", "a.cpp"))
    assert [trees.Tree.of(layout, "a.cpp") for _ in range(3)] == [None, None, None]
    assert trees.Tree.of(LineLayout("int race;\n" * 20_000, describer("code", "a.cpp")), "a.cpp") is not None


def test_lines_are_counted_as_the_layout_counts_them() -> None:
    assert said("a.h", "struct 人 {\r  int 民族;\r\n  int x;\n};") == ["", "人", "人", "人"]


def test_without_a_wheel_of_the_grammar_lines_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "_parser", lambda *_: None)
    assert said("a.h", "struct A {\n  int race;\n};") == ["", "A", "A"]
