"""The page of one manuscript: what it shows, worked out from the row alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bihuan.review import checking
from bihuan.review.checking import Remark
from bihuan.review.models import Manuscript
from bihuan.review.reading import Edit
from bihuan.review.sheet import Line, sheet
from bihuan_text.checks import Rule

MOST_SHOWN = 300  # remarks in the list and on the paper; the gravest first, the others once these are mended


@dataclass(frozen=True)
class Group:
    severity: str
    word: str
    remarks: Sequence[Remark]


class PaperPage:
    """A manuscript as its page shows it. `at`: the number of the remark that is being worked on."""

    def __init__(self, manuscript: Manuscript, at: int | None = None) -> None:
        self.manuscript = manuscript
        self.remarks = checking.remarks_of(manuscript.found)
        self.here = next((each for each in self.remarks if each.number == at), None)

    @cached_property
    def open(self) -> list[Remark]:
        """What counts for this paper."""
        return [each for each in self.remarks if not each.reason]

    @cached_property
    def aside(self) -> list[Remark]:
        """What does not count this time, with the author's reasons."""
        return [each for each in self.remarks if each.reason]

    @cached_property
    def groups(self) -> list[Group]:
        """By severity, the gravest first; at most `MOST_SHOWN` in all."""
        found, left = [], MOST_SHOWN
        for severity, word in checking.WORDS.items():
            same = [each for each in self.open if each.severity == severity][:left]
            left -= len(same)
            if same:
                found.append(Group(severity, word, same))
        return found

    @property
    def counted(self) -> list[tuple[str, str, int]]:
        """How many there are of each severity: its class, its word, the number."""
        found = [(s, w, sum(each.severity == s for each in self.open)) for s, w in checking.WORDS.items()]
        return [each for each in found if each[2]]

    @property
    def left_out(self) -> int:
        return max(len(self.open) - MOST_SHOWN, 0)

    @property
    def mends(self) -> list[Remark]:
        """What one press can mend."""
        return [each for each in self.open if each.mend]

    def mend(self, number: int | None) -> list[Edit]:
        """The edits of one remark, or of all that can be mended by a press."""
        return [edit for each in self.mends if number is None or each.number == number for edit in each.edits()]

    @cached_property
    def sentence(self) -> tuple[int, int] | None:
        """Where the sentence stands that the remark worked on is about."""
        if self.here is None or self.here.start is None:
            return None
        return checking.sentence_at(self.manuscript.text, self.here.start, self.here.end or self.here.start)

    @property
    def sentence_words(self) -> str:
        return self.manuscript.text[slice(*self.sentence)] if self.sentence else ""

    @property
    def lines(self) -> list[Line]:
        """The paper with its marks."""
        listed = [each for group in self.groups for each in group.remarks]
        return sheet(self.manuscript.text, listed, self.here.number if self.here else None)

    @property
    def off(self) -> list[Rule]:
        """The rules this paper is not held to."""
        return [checking.rules()[code] for code in self.manuscript.off if code in checking.rules()]

    @property
    def last_step(self) -> str:
        return str(self.manuscript.steps[-1]["words"]) if self.manuscript.steps else ""
