"""The burden: the branch's whole paper year played through the real pages (`bench.play`), and every field that people type
and every box that they tick counted (`bench.scribe` says how), beside the cells of the forms that the same year fills.

How the cells of the forms are counted: the forms that the product prints from this very year (12, 13, 18 to 24 of the
domain's list, as the pages give them), every filled cell of their tables. Not counted: running numbers, empty cells, heads,
the lines above and below, and whatever is filled in by hand afterwards (signatures, what was said, who got which grade),
because that is written on paper either way. Form 25, the report: a cell for each paragraph. Forms 1 to 11, 14 to 17 and 26
are not printed by the product: none of their cells is counted, though what the year asks for in their place (the notice, two
studies, counts of opinions and talks, last year's answers) is counted as entered.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from bench.branch import installed
from bench.figures import Figure, main

if TYPE_CHECKING:
    from bench.scribe import Log
    from bihuan.report.forms_out.shape import Filled

NUMBERED = ("序号",)


def run() -> list[Figure]:
    """What was entered, what the forms ask for, and what was entered twice."""
    with installed():
        log = played()
        cells = form_cells()
    entered, asked, twice = log.cells(), sum(cells.values()), log.twice()
    for value, pages in twice:
        print(f"entered twice: “{value}” on {', '.join(pages)}", file=sys.stderr)
    told = f"{log.cells('typed')} typed, {log.cells('ticked')} ticked, {log.cells('file')} files chosen"
    forms = ", ".join(f"form {number}: {count}" for number, count in sorted(cells.items()))
    return [
        Figure("the burden of a year (23 members, 4 problems): entered by people against the cells of the forms it fills",
               f"{entered} ({told}); {asked} cells ({forms})", "fewer than the cells", f"{entered / asked:.2f}",
               entered < asked, "burden"),
        Figure("the same: facts typed on more than one page", str(len(twice)) + "".join(f"; {v}" for v, _ in twice),
               "0", kept=not twice, bench="burden"),
        Figure("the same: where it was entered", by_page(log), bench="burden"),
    ]  # fmt: skip


def played() -> Log:
    """The year, from the first account on; the clock stands in the demo's spring."""
    from django.conf import settings  # noqa: PLC0415  after `settle`

    from bench.play import Play  # noqa: PLC0415
    from bihuan.core import clock  # noqa: PLC0415
    from bihuan.org.actions import first_account  # noqa: PLC0415

    settings.DEMO = True
    made = first_account(at=clock.now())
    assert made, "a new installation has its first account"
    account, password = made
    log = Play().run(account.login, password)
    _need_the_whole_year()
    return log


def _need_the_whole_year() -> None:
    """The play is worth its figures only if the year came to its end."""
    from bihuan.ledger.models import Problem  # noqa: PLC0415  after `settle`
    from bihuan.meeting.models import Meeting  # noqa: PLC0415
    from bihuan.report.models import Submission  # noqa: PLC0415

    why = "the only branch here"
    closed = Problem.objects.everywhere(why).filter(cycle__year=2025, state="已销号").count()
    sent, met = Submission.objects.everywhere(why).count(), Meeting.objects.everywhere(why).count()
    assert (closed, sent, met) == (3, 1, 3), f"closed {closed}, reports handed up {sent}, meetings {met}"


def form_cells() -> Counter[int]:
    """Form number → its filled cells, from the records of the year that was played."""
    from bihuan.core import clock  # noqa: PLC0415  after `settle`
    from bihuan.cycle.models import Cycle  # noqa: PLC0415
    from bihuan.org.models import Seat  # noqa: PLC0415
    from bihuan.report.content import content_of  # noqa: PLC0415
    from bihuan.report.forms_out.shelf import FORMS  # noqa: PLC0415
    from bihuan.report.forms_out.source import Source  # noqa: PLC0415
    from bihuan.report.models import Draft  # noqa: PLC0415

    seat = Seat.objects.everywhere("the only branch here").select_related("org", "account__person").get(capacity="书记")
    cycle = Cycle.objects.of(seat.org_id).select_related("org", "notice").get(year=2025)
    source = Source(cycle, seat, clock.today())
    found = Counter({form.number: filled_cells(form.fill(source)) for form in FORMS if form.number != 25})
    found[25] = sum(bool(line) for line in content_of(Draft.objects.of(seat.org_id).get(), clock.today()).lines)
    return found


def filled_cells(form: Filled) -> int:
    """The cells of a form's tables that hold words: not its heads, not running numbers, not what labels a line."""
    total = 0
    for grid in (grid for leaf in form.leaves for grid in leaf.grids):
        labels = grid.header[0] in {*NUMBERED, "项目"}
        total += sum(bool(cell.strip()) for row in grid.rows for cell in row[1 if labels else 0 :])
    return total


def by_page(log: Log) -> str:
    """Cells by page, the most first."""
    found: Counter[str] = Counter()
    for entry in log.entries:
        found[entry.page] += entry.cells
    return ", ".join(f"`{page}` {count}" for page, count in found.most_common())


if __name__ == "__main__":
    sys.exit(main(run))
