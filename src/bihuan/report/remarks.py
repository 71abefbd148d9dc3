"""A remark of the room about the report, as the page shows it beside its paragraph."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bihuan.core.digests import sm3

GATE = "report:"  # what this room's gate codes begin with
BLOCK, WARN, INFO = "block", "warn", "info"
_RANK = {BLOCK: 0, WARN: 1, INFO: 2}


@dataclass(frozen=True)
class Remark:
    """`rule`: the public id (R20) or the room's own word. `paragraph`: "" when it is about the paper or a section.

    `passable`: it stops the approval, but may be passed with a reason that stays in the record (decision 7). What is
    not passable is mended. `passed`: the reason, where somebody wrote one; it stops nothing then.
    """

    rule: str
    severity: str
    title: str
    text: str = ""
    article: str = ""
    section: str = ""
    paragraph: str = ""
    url: str = ""
    press: str = ""
    passable: bool = False
    passed: str = ""

    @property
    def key(self) -> str:
        """What a reason for passing it is kept under (40 characters at most). Another text there is another remark."""
        place = self.paragraph or self.section
        digest = sm3("\n".join((self.rule, place, self.title, self.text)).encode())
        return f"{GATE}{self.rule[:8]}:{digest[:20]}"

    @property
    def stops(self) -> bool:
        """Whether the report cannot be approved while this stands."""
        return self.severity == BLOCK and not self.passed

    @property
    def shown_as(self) -> str:
        """How it is drawn: what was passed with a reason is told, not asked."""
        return INFO if self.passed else self.severity

    def with_reason(self, reason: str) -> Remark:
        return replace(self, passed=reason)


def in_order(remarks: list[Remark]) -> list[Remark]:
    """Gravest first, otherwise as found."""
    return sorted(remarks, key=lambda each: _RANK[each.shown_as])
