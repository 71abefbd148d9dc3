"""Measures: who, until when, by which standard; progress and proof."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.core import vault
from bihuan.core.access import Refused, Stale
from bihuan.core.models import Blob
from bihuan.ledger.actions import measures
from bihuan.ledger.models import Assignment, Evidence, Measure, Progress, Term
from tests.cast import DAY, Cast, at, person_named
from tests.ledger.make import PNG, STANDARDS, a_measure, a_problem, at_work, fresh, proof


def test_a_measure_has_people_a_day_and_standards_one_a_line(cast: Cast) -> None:
    people = {name: person_named(cast.branch, name) for name in ("赵一", "郭五", "何六")}
    measure = a_measure(
        cast, a_problem(cast), leader=people["赵一"], helpers=[people["郭五"], people["何六"], people["郭五"]],
        standard=" 八个村全部贴到 \n\n 留下起止日期",
    )  # fmt: skip
    assert measure.standards == ["八个村全部贴到", "留下起止日期"]
    assert sorted((a.role, a.who) for a in Assignment.objects.of(cast.branch.pk)) == sorted(
        [("责任人", "孙四"), ("责任领导", "赵一"), ("协同", "郭五"), ("协同", "何六")]
    )
    assert measure.term().due == DAY + timedelta(days=20)


def test_steady_work_has_days_of_review_instead_of_a_day(cast: Cast) -> None:
    days = [date(2026, 9, 1), date(2026, 6, 1)]
    measure = a_measure(cast, a_problem(cast), due=None, reviews=days)
    assert (str(measure.term()), measure.term().reviews) == ("长期坚持", ["2026-06-01", "2026-09-01"])
    with pytest.raises(Refused, match="只写一样"):
        a_measure(cast, a_problem(cast), reviews=days)


def test_measures_rest_with_people_of_the_roster(cast: Cast) -> None:
    with pytest.raises(Refused, match="王十不在本支部的名册上"):
        a_measure(cast, a_problem(cast), owner=person_named(cast.other_branch, "王十"))
    assert not Measure.objects.of(cast.branch.pk).exists()


def test_two_tabs_editing_one_measure(cast: Cast) -> None:
    measure = a_measure(cast, a_problem(cast))
    measures.change_measure(measure, action="第一个标签页写的", standard="", seen_version=1, by=cast.secretary, at=at())
    with pytest.raises(Stale) as stale:
        measures.change_measure(measure, action="第二个", standard="", seen_version=1, by=cast.organiser, at=at())
    assert stale.value.subject.action == "第一个标签页写的"
    assert fresh(measure).action == "第一个标签页写的"


def test_handing_over_closes_one_spell_and_opens_another(cast: Cast) -> None:
    _, measure = at_work(cast)
    new = person_named(cast.branch, "郭五")
    day = DAY + timedelta(days=3)
    measures.hand_over(measure, owner=new, since=day, by=cast.secretary, at=at())
    spells = [(s.who, s.since, s.until) for s in Assignment.objects.of(cast.branch.pk).order_by("since")]
    assert spells == [("孙四", DAY, day - timedelta(days=1)), ("郭五", day, None)]
    with pytest.raises(Refused, match="郭五已经是责任人"):
        measures.hand_over(measure, owner=new, since=day, by=cast.secretary, at=at())


def test_more_time_is_a_new_term_with_its_reason_and_who_agreed(cast: Cast) -> None:
    _, measure = at_work(cast)
    old = measure.term()
    later = old.due + timedelta(days=30)
    with pytest.raises(Refused, match="延期的理由还没有写"):
        measures.extend_term(measure, due=later, reason=" ", approved_by="支委会", by=cast.secretary, at=at(11))
    with pytest.raises(Refused, match="要比原来的时限晚"):
        measures.extend_term(measure, due=old.due, reason="雨季", approved_by="支委会", by=cast.secretary, at=at(11))
    measures.extend_term(
        measure, due=later, reason="雨季不能施工", approved_by="2026年3月9日支委会", by=cast.secretary, at=at(11)
    )
    assert (measure.term().due, measure.term().extends) == (later, old)
    assert Term.objects.of(cast.branch.pk).count() == 2


def test_a_first_term_is_set_once(cast: Cast) -> None:
    measure = a_measure(cast, a_problem(cast), due=None)
    measures.set_term(measure, due=DAY, by=cast.secretary, at=at())
    with pytest.raises(Refused, match="已经有时限，要改请办延期"):
        measures.set_term(measure, due=DAY, by=cast.secretary, at=at())


def test_progress_is_of_a_day_that_has_been(cast: Cast) -> None:
    _, measure = at_work(cast)
    with pytest.raises(Refused, match="日子还没有到"):
        measures.note_progress(measure, words="明天要去", on=DAY + timedelta(days=1), by=cast.member, at=at())
    measures.note_progress(measure, words="今天去了", on=DAY, by=cast.member, at=at())
    assert fresh(measure).state == "进行中"


def test_who_has_no_part_in_it_writes_no_progress(cast: Cast) -> None:
    _, measure = at_work(cast)
    with pytest.raises(Refused, match="进展和佐证由这条措施的责任人"):
        measures.note_progress(measure, words="我看见了", on=DAY, by=cast.probationer, at=at())
    assert not Progress.objects.of(cast.branch.pk).exists()


def test_nothing_is_noted_before_the_work_began(cast: Cast) -> None:
    measure = a_measure(cast, a_problem(cast))
    with pytest.raises(Refused, match="还没有定下开始整改"):
        measures.note_progress(measure, words="做了", on=DAY, by=cast.member, at=at())


# --- evidence --------------------------------------------------------------------------------------------------------
def test_a_file_lies_in_the_vault_under_its_digest(cast: Cast) -> None:
    _, measure = at_work(cast)
    piece = proof(cast, measure, kind="文件", words="", file=("公示栏.png", [PNG[:20], PNG[20:]]))
    assert vault.path_of(piece.blob_id).read_bytes() == PNG
    assert (piece.file_name, piece.blob.media_type, piece.occurred_on) == ("公示栏.png", "image/png", date(2026, 3, 2))


def test_words_or_a_number_are_proof_too(cast: Cast) -> None:
    _, measure = at_work(cast)
    assert proof(cast, measure, kind="编号", words="样例记录第7号").blob is None
    with pytest.raises(Refused, match="内容还没有写"):
        proof(cast, measure, words="  ")


def test_a_program_with_another_name_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    _, measure = at_work(cast)
    for name in ("照片.jpg", "照片.exe"):
        with pytest.raises(Refused, match="里面不是"):
            proof(cast, measure, kind="文件", file=(name, [b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00\xff" * 200]))
    assert not Evidence.objects.of(cast.branch.pk).exists()
    assert not Blob.objects.exists()
    assert [p for p in vault.path_of("00").parent.parent.rglob("*") if p.is_file()] == []


def test_a_new_revision_replaces_an_old_one_once(cast: Cast) -> None:
    _, measure = at_work(cast)
    old = proof(cast, measure)
    new = proof(cast, measure, replaces=old)
    assert (new.revision, new.replaces) == (2, old)
    with pytest.raises(Refused, match="已经换过"):
        proof(cast, measure, replaces=old)


def test_the_standard_must_be_one_of_the_measures(cast: Cast) -> None:
    _, measure = at_work(cast)
    assert proof(cast, measure, STANDARDS.splitlines()[1]).standard == "八个村全部贴到"
    with pytest.raises(Refused, match="完成标准已经改过"):
        proof(cast, measure, "另外一条标准")


def test_a_crash_between_file_and_row_leaves_no_row_and_the_sweep_takes_the_file(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, measure = at_work(cast)

    def die(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(type(Evidence.objects), "create", die)
        with pytest.raises(KeyboardInterrupt):
            proof(cast, measure, kind="文件", words="", file=("公示栏.png", [PNG]))
    assert not Evidence.objects.of(cast.branch.pk).exists()
    assert not Blob.objects.exists()
    files = [p for p in vault.path_of("00").parent.parent.rglob("*") if p.is_file()]
    assert len(files) == 1
    assert vault.sweep(files[0].stat().st_mtime + vault.ORPHAN_AGE + 1) == 1
    assert not files[0].exists()
    assert proof(cast, measure, kind="文件", words="", file=("公示栏.png", [PNG])).revision == 1
