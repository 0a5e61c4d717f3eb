"""One measured figure, always beside something run in the same minutes."""

from __future__ import annotations

import datetime as dt
import os
import platform
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """`ratio` is ours against theirs as the name says it: for a cost how many times dearer, for a time how many times longer."""

    name: str
    value: float
    unit: str
    against: str
    against_value: float
    ratio: float

    def row(self) -> dict[str, Any]:
        return {
            "name": self.name, "value": round(self.value, 3), "unit": self.unit, "against": self.against, "against_value": round(self.against_value, 3),
            "ratio": round(self.ratio, 3), "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}",
        }  # fmt: skip
