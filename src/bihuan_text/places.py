"""What each stretch of a paper is: a partition of its text, so that nothing is read twice and nothing is overlooked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from .place import Span
from .report import Report


class What(StrEnum):
    """``PREAMBLE`` stands before the first block, ``CLOSING`` after the last, ``BETWEEN`` belongs to no item of a list;
    ``HEADING`` is the head of a part, an aspect or a group with the words before its first item."""

    TITLE = "title"
    PREAMBLE = "preamble"
    HEADING = "heading"
    PRIOR = "prior"
    PROBLEM = "problem"
    CAUSE = "cause"
    MEASURE = "measure"
    BETWEEN = "between"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Stretch:
    what: What
    span: Span


def stretches(report: Report, length: int) -> tuple[Stretch, ...]:
    """The places of a text of ``length`` code points, in order, without gaps and without overlaps.

    ``report`` must be the reading of that text. Empty stretches are left out.
    """
    items = sorted(_items(report), key=lambda stretch: stretch.span)
    headed = sorted({*(a.start for a in report.aspects), *(g.start for g in report.measures), *_parts(report)})
    found = [*_before(report, items[0].span.start if items else length, headed)]
    for stretch, following in pairwise(items):
        found += [stretch, *_gap(stretch.span.end, following.span.start, headed)]
    if items:
        found += [items[-1], Stretch(What.CLOSING, Span(items[-1].span.end, length))]
    return tuple(stretch for stretch in found if stretch.span.end > stretch.span.start)


def _items(report: Report) -> Iterator[Stretch]:
    lists = {
        What.PRIOR: report.prior,
        What.PROBLEM: report.problems,
        What.CAUSE: report.causes,
        What.MEASURE: report.actions,
    }
    for what, found in lists.items():
        yield from (Stretch(what, Span(item.start, item.end)) for item in found)


def _parts(report: Report) -> Iterator[int]:
    yield from (span.start for _, span in report.sections)


def _before(report: Report, end: int, headed: list[int]) -> Iterator[Stretch]:
    """What stands before the first item: the title, words about the meeting, the first heading."""
    start = 0
    if report.title_span is not None and report.title_span.end <= end:
        yield Stretch(What.PREAMBLE, Span(0, report.title_span.start))
        yield Stretch(What.TITLE, report.title_span)
        start = report.title_span.end
    head = _first_head(headed, start, end)
    yield Stretch(What.PREAMBLE, Span(start, head))
    yield Stretch(What.HEADING, Span(head, end))


def _gap(start: int, end: int, headed: list[int]) -> Iterator[Stretch]:
    """What stands between two items: up to the next heading it belongs to no item."""
    head = _first_head(headed, start, end)
    yield Stretch(What.BETWEEN, Span(start, head))
    yield Stretch(What.HEADING, Span(head, end))


def _first_head(headed: list[int], start: int, end: int) -> int:
    """The first heading in [start, end); ``end`` where there is none."""
    at = bisect_left(headed, start)
    return headed[at] if at < len(headed) and headed[at] < end else end
