"""Tables as files: CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import Response

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "|")  # how a cell begins that a spreadsheet would take for a formula (OWASP, CSV injection)


def safe(value: Any) -> Any:
    """Numbers stay numbers; a text that would be a formula is quoted.

    >>> safe(-250), safe("=1+1"), safe("Wanjiru")
    (-250, "'=1+1", 'Wanjiru')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def csv_of(name: str, table: Iterable[Sequence[Any]]) -> Response:
    """A stream of lines: the file begins before the last line is read, and takes no memory."""

    def lines() -> Iterator[str]:
        for row in table:
            out = io.StringIO()
            csv.writer(out).writerow([safe(value) for value in row])
            yield out.getvalue()

    return Response(lines(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})
