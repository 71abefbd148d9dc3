"""The numbers of a year that notices and branches differ in: read from the cycle's row, never constants in the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

# What “优秀” may be a third of. Both are used; the first is what the Party's own explanation says (R26).
FULL_MEMBERS = "正式党员"
TAKING_PART = "参评党员"
BASES = (FULL_MEMBERS, TAKING_PART)


@dataclass(frozen=True)
class Policy:
    """One year's numbers. A field that the row lacks has the value that most branches use."""

    excellent_ratio: Fraction = Fraction(1, 3)
    excellent_base: str = FULL_MEMBERS
    closing_needs_meeting: bool = True
    approval_needs_meeting: bool = True
    report_length: int = 5000  # characters; a longer report is remarked on, not refused
    lookback_months: int | None = None  # after how many months what was closed is looked at again; none until set
    lookback_sample: int | None = None  # how many of them at a time

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Policy:
        """The policy as a cycle's row keeps it. What is missing or unreadable falls back to the default."""
        default = cls()
        base = stored.get("excellent_base", default.excellent_base)
        return cls(
            excellent_ratio=read_ratio(str(stored.get("excellent_ratio", ""))) or default.excellent_ratio,
            excellent_base=base if base in BASES else default.excellent_base,
            closing_needs_meeting=bool(stored.get("closing_needs_meeting", True)),
            approval_needs_meeting=bool(stored.get("approval_needs_meeting", True)),
            report_length=int(stored.get("report_length") or default.report_length),
            lookback_months=_count(stored.get("lookback_months")),
            lookback_sample=_count(stored.get("lookback_sample")),
        )

    def stored(self) -> dict[str, Any]:
        """As the row keeps it: a ratio is text, so that a third stays a third."""
        return {**asdict(self), "excellent_ratio": str(self.excellent_ratio)}


def _count(stored: Any) -> int | None:
    """A number of things, or None where none is set."""
    return stored if isinstance(stored, int) and stored > 0 else None


def read_ratio(text: str) -> Fraction | None:
    """“1/3”, “15%” or “0.2” as a fraction between 0 and 1; None for anything else."""
    text = text.strip().replace("％", "%").replace("／", "/")
    try:
        ratio = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
    return ratio if 0 < ratio <= 1 else None


def ratio_words(ratio: Fraction) -> str:
    """A ratio as papers say it: 三分之一 is written 1/3, hundredths as 15%."""
    return f"{int(ratio * 100)}%" if (ratio * 100).denominator == 1 else f"{ratio.numerator}/{ratio.denominator}"
