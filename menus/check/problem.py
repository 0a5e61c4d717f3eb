"""What is wrong, where, and in which language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`where` is a place of the book, a notice or a command; `language` is empty when every language has it."""

    where: str
    what: str
    language: str = ""

    def __str__(self) -> str:
        return f"{self.where}{f' [{self.language}]' if self.language else ''}: {self.what}"
