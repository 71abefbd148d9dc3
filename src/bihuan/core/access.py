"""Permission as a verdict that explains itself: the page shows the reasons, the action enforces the same object."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):
    """An act that may not be done; carries the sentences that say why and who can."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


class Stale(Refused):
    """The record was changed by somebody else since the page was opened. `subject` is the record as it is now."""

    def __init__(self, subject: object) -> None:
        super().__init__("您打开这一页以后，别人改过这条记录；您写的还没有存，请对照现在的内容再存一次。")
        self.subject = subject


@dataclass(frozen=True)
class Verdict:
    """True when there is no reason against it."""

    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return not self.reasons

    def __and__(self, other: Verdict) -> Verdict:
        return Verdict(self.reasons + tuple(r for r in other.reasons if r not in self.reasons))

    @property
    def why(self) -> str:
        """The reasons as one line for the page."""
        return "；".join(self.reasons)

    def enforce(self) -> None:
        """Raise `Refused` with the reasons, if there are any."""
        if self.reasons:
            raise Refused(*self.reasons)


def verdict(*claims: tuple[object, str]) -> Verdict:
    """A verdict from claims (holds?, the sentence to say if it does not). All are weighed, so that all reasons show."""
    return Verdict(tuple(reason for holds, reason in claims if not holds))


YES = Verdict()
