"""Owners, comments and members of source code by its syntax tree (tree-sitter), where the code can be parsed.

A tree is made once a text, when something was found in it. Code that the grammar does not know (macros that open
braces, a fragment, another language) stands in nodes of error: where they are a real part of the text, lines are read
instead (`structure.code`).
"""

from __future__ import annotations

import bisect
import hashlib
import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Any, Final

from clauselight.model import Context, LineLayout

#: module and function of the grammar, by the end of a name
_GRAMMARS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        **dict.fromkeys((".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh"), ("tree_sitter_cpp", "language")),
        ".java": ("tree_sitter_java", "language"),
        ".cs": ("tree_sitter_c_sharp", "language"),
        **dict.fromkeys((".py", ".pyi"), ("tree_sitter_python", "language")),
        **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx"), ("tree_sitter_javascript", "language")),
        ".ts": ("tree_sitter_typescript", "language_typescript"),
        ".tsx": ("tree_sitter_typescript", "language_tsx"),
        ".go": ("tree_sitter_go", "language"),
        ".rs": ("tree_sitter_rust", "language"),
        ".php": ("tree_sitter_php", "language_php"),
        **dict.fromkeys((".kt", ".kts"), ("tree_sitter_kotlin", "language")),
        ".swift": ("tree_sitter_swift", "language"),
    }
)


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: what has a name and holds declarations or statements
_NAMED: Final = _these(
    "class_declaration class_definition class_specifier struct_specifier struct_item struct_declaration "
    "interface_declaration record_declaration union_specifier union_item trait_item trait_declaration "
    "object_declaration protocol_declaration type_definition type_spec type_alias type_alias_declaration "
    "impl_item enum_declaration enum_specifier enum_item namespace_definition namespace_declaration mod_item "
    "internal_module annotation_type_declaration companion_object function_definition function_declaration "
    "function_item function_signature_item method_declaration method_definition constructor_declaration "
    "local_function_statement generator_function_declaration"
)
#: what has a name and may hold a list or a table of values
_HOLDERS: Final = _these(
    "pair variable_declarator init_declarator assignment assignment_expression field_definition "
    "public_field_definition keyed_element array_element_initializer var_spec const_spec property_declaration "
    "const_element property_signature static_item const_item"
)
_VALUES: Final = _these(
    "object array dictionary list set tuple initializer_list composite_literal array_creation_expression "
    "object_type array_initializer implicit_array_creation_expression collection_expression "
    "function_expression arrow_function map_literal array_literal dictionary_literal "
    "object_creation_expression array_expression literal_value"
)
#: fields of a node under which its name stands, in this order
_NAME_FIELDS: Final = ("name", "declarator", "key", "left", "property", "pattern", "type")
_IDENTIFIERS: Final = _these(
    "identifier type_identifier field_identifier property_identifier simple_identifier namespace_identifier "
    "name string_content string_fragment string_literal_content interpreted_string_literal_content "
    "shorthand_property_identifier package_identifier"
)
#: names of several parts that are one name
_QUALIFIED: Final = frozenset({"qualified_name", "namespace_name", "nested_namespace_specifier", "scoped_identifier"})
#: what may stand between a comment and the declaration that it is about
_BETWEEN: Final = frozenset({"attribute_item", "attribute_list", "access_specifier", "annotation", "marker_annotation"})
#: bytes from which a text is not parsed, share of its bytes in error from which its tree is not used
_MOST_BYTES, _ERRORS = 50_000_000, 0.2
#: steps of the parser at which it is asked to go on: of any text, and a byte of it. Code takes 0.003 a byte
_WORK, _WORK_A_BYTE = 5000, 0.02
#: bytes that the parser is given at once
_PIECE = 1 << 20
#: owners of a line that are named, and lines below a comment on which its declaration begins
_DEEPEST, _BELOW = 6, 9
#: lines that a declaration begins below the end of its comment
_GAP = 2
#: nodes around a place from which it is not described by the tree
_NESTED = 400


def has_grammar(name: str) -> bool:
    """Whether files of this name can be parsed."""
    return _grammar(name.lower()) is not None


def _grammar(name: str) -> tuple[str, str] | None:
    return next((found for end, found in _GRAMMARS.items() if name.endswith(end)), None)


@cache
def told_by() -> str:
    """A digest of the versions of the parser and of all grammars: another one may see another tree."""
    packages = sorted({"tree_sitter", *(module for module, _ in _GRAMMARS.values())})
    told = " ".join(f"{name} {_version(name)}" for name in packages)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


@cache
def _parser(module: str, function: str) -> Any:
    """The parser of a grammar; None where there is no wheel of it for this machine."""
    try:
        from tree_sitter import Language, Parser

        return Parser(Language(getattr(importlib.import_module(module), function)()))
    except ImportError:
        return None


def _parsed(parser: Any, data: bytes) -> Any:
    """The root of the tree; None for a text that takes far more work than code does, as one made to do so.

    The work is counted and not timed: the same text has the same result on every machine.
    """
    left = _WORK + len(data) * _WORK_A_BYTE

    def too_much(offset: int, has_error: bool) -> bool:
        nonlocal left
        left -= 1
        return left < 0

    try:
        return parser.parse(lambda at, _: data[at : at + _PIECE], progress_callback=too_much).root_node
    except ValueError:  # what a stopped parser raises; it would go on where it was
        parser.reset()
        return None


@dataclass(slots=True)
class Tree:
    """The syntax tree of one text. Rows are lines as the layout counts them."""

    root: Any
    data: bytes
    #: offset in bytes of the first character of each line
    starts: list[int]
    names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, layout: LineLayout, name: str) -> Tree | None:
        """The tree of a text by the name of its file; None where it has no grammar, or too much of it is in error."""
        grammar = _grammar(name.lower())
        data = layout.text.encode("utf-8", "replace")
        if grammar is None or len(data) > _MOST_BYTES:
            return None
        parser = _parser(*grammar)
        root = _parsed(parser, data) if parser else None
        if root is None or (root.has_error and _in_error(root) > _ERRORS * len(data)):
            return None
        return cls(root, data, _byte_starts(layout))

    def row(self, offset: int) -> int:
        """The line of an offset in bytes."""
        return bisect.bisect_right(self.starts, offset) - 1

    def path(self, index: int) -> list[Any]:
        """The nodes around the first character of a line that is no space, outermost first; none for an empty line.

        Walked from the root: a node of tree-sitter looks for its parent from there each time.
        """
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.data)
        line = self.data[self.starts[index] : end]
        start = self.starts[index] + len(line) - len(line.lstrip())
        if start >= end:
            return []
        cursor, path = self.root.walk(), [self.root]
        while len(path) < _NESTED and cursor.goto_first_child_for_byte(start) is not None:
            if cursor.node.start_byte > start:
                break
            path.append(cursor.node)
        return path

    def owners(self, path: Sequence[Any], index: int) -> tuple[str, ...]:
        """Names of what is open around a line and was declared above it, outermost first."""
        names: list[str] = []
        for over, node in zip((None, *path), path, strict=False):
            if self.row(node.start_byte) < index and _owns(node, over) and self.row(self._opens(node)) < index:
                name = self.name(node)
                if name and names[-1:] != [name]:
                    names.append(name)
        return tuple(names[-_DEEPEST:])

    def _opens(self, node: Any) -> int:
        """The offset from which a node is open: its name, or its beginning where the name stands at its end."""
        named = self.named(node)
        return int(node.start_byte if named is None or node.type == "type_definition" else named.start_byte)

    def name(self, node: Any) -> str:
        """The name of a declaration; empty where it has none."""
        whole = node.child_by_field_name("name")
        found = whole if whole is not None and whole.type in _QUALIFIED else self.named(node)
        return found.text.decode("utf-8", "replace") if found is not None else ""

    def named(self, node: Any) -> Any:
        """The node of the name of a declaration."""
        for _ in range(12):
            if node.type in _IDENTIFIERS and not node.named_child_count:
                return node
            after = next((c for f in _NAME_FIELDS if (c := node.child_by_field_name(f)) is not None), None)
            if after is None:
                after = next((c for c in node.named_children if c.type in _IDENTIFIERS), None)
            if after is None:
                after = next(iter(node.named_children), None)
            if after is None:
                return None
            node = after
        return None

    def ends_line(self, node: Any, index: int) -> bool:
        """Whether nothing of the line stands behind a node."""
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.data)
        return bool(node.end_byte >= end) or not self.data[node.end_byte : end].strip()

    def documented(self, comment: Any, index: int) -> int | None:
        """The line of the declaration that a comment stands over."""
        node, above = comment.next_sibling, comment
        while node is not None and self.row(node.start_byte) <= self.row(above.end_byte) + _GAP:
            if node.is_named and not is_comment(node) and node.type not in _BETWEEN:
                break
            if not node.is_named and node.type not in (",", ";", ":"):
                return None
            node, above = node.next_sibling, node
        else:
            return None
        first = self.named(node) if node.type != "type_definition" and _declares(node) else None  # its name is its end
        row = self.row((first or node).start_byte)
        return row if index < row < index + _BELOW else None


def _owns(node: Any, over: Any) -> bool:
    if node.type in _NAMED:
        return over is None or over.type != "type_definition"  # its name is that of the type
    values = [c for child in node.children for c in (child.children if child.type == "type_annotation" else [child])]
    return node.type in _HOLDERS and any(value.type in _VALUES for value in values)


def _declares(node: Any) -> bool:
    return node.type in _NAMED or node.type in _HOLDERS or "declaration" in node.type


def is_comment(node: Any) -> bool:
    """Whether a node is a comment, of one line or of several."""
    return "comment" in node.type


def _in_error(root: Any) -> int:
    """Bytes in nodes of error; what is in one is not looked at again."""
    return sum(node.end_byte - node.start_byte for node in _errors(root))


def _errors(root: Any) -> Iterator[Any]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.is_error:
            yield node
        elif node.has_error:
            waiting += node.children


def _byte_starts(layout: LineLayout) -> list[int]:
    if layout.text.isascii():
        return layout.starts
    at, out, before = 0, [], 0
    for start in layout.starts:
        at += len(layout.text[before:start].encode("utf-8", "replace"))
        out.append(at)
        before = start
    return out


class ByTree:
    """Describes the lines of a text by its tree, made when it is first asked; `otherwise` where there is none."""

    def __init__(self, name: str, otherwise: Callable[[LineLayout, int], Context]) -> None:
        self._name = name
        self._otherwise = otherwise
        self._of: LineLayout | None = None
        self._tree: Tree | None = None

    def __call__(self, layout: LineLayout, index: int) -> Context:
        if self._of is not layout:
            self._of, self._tree = layout, Tree.of(layout, self._name)
        found = _described(self._tree, index) if self._tree is not None else None
        return self._otherwise(layout, index) if found is None else found


def _described(tree: Tree, index: int) -> Context | None:
    """What the tree says of a line; None where the declaration around it is in error."""
    path = tree.path(index)
    if not path:
        return Context("code")
    if len(path) >= _NESTED or any(node.is_error or (node.has_error and node.type in _NAMED) for node in path):
        return None
    comment = next((node for node in path if is_comment(node)), None)
    if comment is not None and not tree.ends_line(comment, index):
        comment = None
    below = None if comment is None else tree.documented(comment, index)
    member = None if below is None else (index, below)
    return Context("code", None, (), tree.owners(path, index), (), None, member, comment is not None)
