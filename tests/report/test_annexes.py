"""Attachments made from records: their figures are the records', in Word, in the 附件说明, in staleness."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.ledger.models import Assignment, Measure
from bihuan.meeting.models import Attendance, Figure
from bihuan.report import actions
from bihuan.report.annexes import ANNEXES
from bihuan.report.content import content_of
from bihuan.report.models import Draft
from bihuan.report.paper import docx_of, paper_of, pdf_of
from tests.cast import DAY, Cast, at
from tests.report.test_deciding import approve, decision, now, ready
from tests.report.test_files import controls, words_of
from tests.report.test_pages import page, sit, still_clock
from tests.report.test_writing import draft_again
from tests.report.year import Year, begin

__all__ = ["still_clock"]
EVERY = tuple(ANNEXES)


def choose(year: Year, draft: Draft, *codes: str, beside: tuple[str, ...] = ()) -> Draft:
    held = draft_again(draft)
    actions.set_head(
        held, title=held.title, recipient=held.recipient, signature=held.signature, dated=held.dated,
        attachments=beside, annexes=codes, seen_version=None, by=year.by, at=at(),
    )  # fmt: skip
    return draft_again(draft)


def test_the_figures_in_the_attachments_are_the_records(cast: Cast) -> None:
    year, draft = ready(cast)
    draft = choose(year, draft, *EVERY)
    found: dict[str, set[str]] = {}
    for tag, text in controls(docx_of(paper_of(content_of(draft, DAY)))):
        found.setdefault(tag, set()).add(text)
    figures = {f.code: str(f.value) for f in Figure.objects.of(cast.branch.pk)}
    due = Attendance.objects.of(cast.branch.pk).filter(meeting__is_life_meeting=True, counted=True)
    assert found["fact:优秀"] == {figures["excellent"]}
    assert found["fact:应到"] == {str(due.count())}
    for measure in Measure.objects.of(cast.branch.pk).filter(cycle=year.cycle):
        assert found[f"fact:term.{measure.pk.hex}"] == {"2026年6月30日"}
        owner = Assignment.objects.of(cast.branch.pk).get(measure=measure)
        assert owner.person is not None
        assert found[f"fact:owner.{measure.pk.hex}"] == {owner.person.name}
        assert found[f"fact:state.{measure.pk.hex}"] == {f"{measure.state}，问题待支委会研究"}


def test_the_note_lists_them_first_and_numbers_agree(cast: Cast) -> None:
    year, draft = ready(cast)
    draft = choose(year, draft, "整改台账", "问题清单", beside=("样例说明",))
    content = content_of(draft, DAY)
    paper = paper_of(content)
    assert paper.attachment_note is not None
    assert paper.attachment_note.names == ("问题清单", "整改台账", "样例说明")
    assert [(a.number, "".join(a.title.lines)) for a in paper.attachments] == [(1, "问题清单"), (2, "整改台账")]
    alone = paper_of(content_of(choose(year, draft, "整改台账"), DAY))
    assert [a.number for a in alone.attachments] == [None]
    words = words_of(docx_of(paper)).split("\n")
    assert words.index("2026年3月9日") < words.index("附件1") < words.index("附件2")
    assert pdf_of(paper).data.startswith(b"%PDF-")


def test_a_changed_row_makes_the_approval_stale_and_is_told(cast: Cast) -> None:
    year, draft = ready(cast)
    draft = choose(year, draft, "整改台账")
    approve(year, draft, decision(year, draft))
    assert now(draft).is_fresh
    measure = Measure.objects.of(cast.branch.pk).filter(cycle=year.cycle).first()
    assert measure is not None
    from bihuan.ledger.actions import measures

    measures.change_measure(
        measure, action="改过的样例办法", standard=measure.standard, seen_version=None, by=year.by, at=at()
    )
    stale = now(draft).stale
    assert stale is not None
    changed = [(each.name, "改过的样例办法" in each.new) for each in stale.texts if each.paragraph.startswith("附件:")]
    assert len(changed) == 1
    assert changed[0][0].startswith("附件《整改台账》第")
    assert changed[0][1]


def test_a_draft_without_attachments_keeps_the_digest_it_had(cast: Cast) -> None:
    _, draft = ready(cast)
    assert "annexes" not in content_of(draft, DAY).snapshot()


@pytest.mark.parametrize("code", EVERY)
def test_an_attachment_without_records_stops_the_report(cast: Cast, code: str) -> None:
    year = begin(cast)
    draft = choose(year, year.draft(), code)
    stops = [each.title for each in now(draft).stops if each.rule.startswith("附件")]
    assert stops
    assert all(code in each for each in stops)


def test_personal_problems_stay_out_of_them(cast: Cast) -> None:
    from tests.cast import person_named

    year, draft = ready(cast)
    year.problem(0, "样例个人问题的原话", subject="个人", person=person_named(cast.branch, "郭五"))
    draft = choose(year, draft, *EVERY)
    kept: dict[str, Any] = content_of(draft, DAY).snapshot()
    assert "样例个人问题的原话" not in str(kept["annexes"])
    assert "样例个人问题的原话" not in words_of(docx_of(paper_of(content_of(draft, DAY))))


def test_they_are_chosen_on_the_head_form_and_shown_on_the_page(cast: Cast, client: Client) -> None:
    _, draft = ready(cast)
    sit(client, cast.secretary)
    assert 'name="annexes" value="整改台账"' in page(client, "report:head", draft.pk)
    held = draft_again(draft)
    given = {
        "title": held.title, "recipient": held.recipient, "signature": held.signature, "dated": "2026.3.9",
        "annexes": ["整改台账"], "attachments": "", "layout": "普通",
    }  # fmt: skip
    assert client.post(reverse("report:head", args=[draft.pk]), given).status_code == 302
    assert draft_again(draft).annexes == ["整改台账"]
    text = page(client, "report:one", draft.pk)
    assert "整改台账（2行）" in text
    assert 'data-label="时限">2026年6月30日' in text
