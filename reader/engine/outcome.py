"""What a refresh came to, in numbers. Pure."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Self

from reader.frozen import frozen


@frozen
class Outcome:
    """`spared`: not asked, since they were a moment ago or their host rests. `waiting`: asked, silent
    still when the refresh ended; what they come to is stored and told behind it."""

    done: int = 0
    failed: int = 0
    added: int = 0
    unchanged: int = 0
    spared: int = 0
    waiting: int = 0
    cancelled: bool = False
    offline: bool = False

    def plus(self, other: Outcome) -> Self:
        """With the numbers of `other` added; how it ended stays as it is."""
        sums = {
            field.name: getattr(self, field.name) + getattr(other, field.name)
            for field in fields(self)
            if field.type == "int"
        }
        return replace(self, **sums)
