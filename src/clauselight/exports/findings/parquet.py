"""Findings as Parquet, one a row; what was read and what was not is not in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from clauselight.errors import UsageError
from clauselight.exports.registry import Item, Output, Settings
from clauselight.exports.rows import columns, incomplete_row, row_of
from clauselight.model import Coverage

_WHOLE = ("page", "line", "start", "end")
_PARTS = ("confidence",)
#: rows that are held until they are written together
_GROUP = 10_000


class Parquet:
    """Writes a group of rows when it is full, so that memory does not grow."""

    def __init__(self, stream: BinaryIO, settings: Settings) -> None:
        try:
            import pyarrow.parquet as pq
        except ImportError as error:
            raise UsageError(
                "--format parquet needs the `parquet` extra: pip install 'clauselight[parquet]'"
            ) from error
        self.settings = settings
        self.schema = _schema(columns(settings))
        self.writer = pq.ParquetWriter(stream, self.schema)
        self.rows: list[dict[str, Any]] = []

    def write(self, coverage: Coverage, items: Sequence[Item]) -> None:
        self.rows += [row_of(item, self.settings) for item in items]
        if len(self.rows) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        self.writer.write_table(pa.Table.from_pylist(self.rows, schema=self.schema))
        self.rows = []

    def close(self, complete: bool) -> None:
        if not complete:
            self.rows.append(incomplete_row(self.settings))
        if self.rows:
            self._flush()
        self.writer.close()


def _schema(names: Sequence[str]) -> Any:
    import pyarrow as pa

    kinds = dict.fromkeys(_WHOLE, pa.int64()) | dict.fromkeys(_PARTS, pa.float64())
    return pa.schema([(name, kinds.get(name, pa.string())) for name in names])


OUTPUT = Output("parquet", "findings", ".parquet", True, Parquet, "columns for data tools (extra `parquet`)")
