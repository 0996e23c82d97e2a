"""Source code, SQL and schemas in text: members with their owner and the comment that documents them."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

SUFFIXES = (
    *(".java", ".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".cs", ".go", ".py", ".pyi", ".js", ".mjs", ".cjs"),
    *(".jsx", ".ts", ".tsx", ".kt", ".kts", ".swift", ".rs", ".php", ".sql", ".vue", ".svelte", ".proto", ".rb"),
    *(".scala", ".m", ".mm", ".lua", ".dart", ".pl", ".sh", ".ps1", ".r", ".jl", ".groovy", ".gradle", ".thrift"),
    *(".idl", ".graphql", ".asn1", ".asn", ".properties", ".ini", ".toml", ".css", ".scss", ".glsl"),
    *(".vb", ".pas", ".d", ".ex", ".erl", ".hs"),
)


def claims(head: bytes, name: str) -> int:
    return 60 if name.endswith(SUFFIXES) and not looks_binary(head) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Lines of code."""
    return text_documents(blob, session, "code/1", "text/x-source", "code")


FORMAT = Format("code", "text/x-source", claims, read, SUFFIXES)
