"""The house's forms."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from bihuan.core import secrecy
from bihuan.core.access import Stale
from bihuan.core.forms import (
    DayField,
    HouseForm,
    PaperField,
    PeopleChoice,
    PersonChoice,
    RecordChoice,
    handed_in,
)


class Somebody(SimpleNamespace):
    def __str__(self) -> str:
        return str(self.name)

    def __hash__(self) -> int:
        return hash(self.pk)


A, B, C = (Somebody(pk=key, name=name) for key, name in (("a", "甲"), ("b", "乙"), ("c", "丙")))


class Work(HouseForm):
    words = forms.CharField(label="措施", max_length=5)
    due = DayField(label="时限", required=False)
    owner = PersonChoice(label="责任人")
    helpers = PeopleChoice(label="协同", required=False)


def work(**data: object) -> Work:
    filled = {"words": "走访", "owner": "a"} | data
    lists = {k: v if isinstance(v, list) else [v] for k, v in filled.items()}
    return Work(MultiValueDict(lists), roster=[A, B])


def test_a_sound_form_is_cleaned_to_days_and_people() -> None:
    form = work(due="2026.3.5", helpers=["a", "b"])
    assert form.is_valid()
    assert form.cleaned_data == {"words": "走访", "due": date(2026, 3, 5), "owner": A, "helpers": [A, B]}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("words", "", "请填写“措施”。"),
        ("words", "一二三四五六", "最多5个字，现在有6个字，请删短一些。"),
        ("due", "2026年2月30日", "“2026年2月30日”没有这一天，请改成别的日子。"),
        ("owner", "", "请选择“责任人”。"),
        ("owner", "c", "这里没有您选的这一项，请从列出的里面选。"),
        ("helpers", ["a", "c"], "这里没有您选的这一项，请从列出的里面选。"),
        ("words", "秘密★", secrecy.SENTENCE),
        ("words", "机 密☆", secrecy.SENTENCE),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(field: str, value: object, says: str) -> None:
    assert work(**{field: value}).errors == {field: [says]}


def test_people_outside_the_roster_are_not_even_offered() -> None:
    page = str(work()["owner"])
    assert "甲" in page
    assert "丙" not in page


def test_a_choice_of_other_records_is_not_filled_by_the_roster() -> None:
    class Other(HouseForm):
        which = RecordChoice(label="哪一条", offered=[C])

    form = Other({"which": "c"}, roster=[A])
    assert form.is_valid()
    assert form.cleaned_data["which"] is C


def test_initial_people_and_days_are_shown_as_they_are_chosen_and_said() -> None:
    form = Work(initial={"owner": B, "due": date(2026, 3, 5), "helpers": [A]}, roster=[A, B])
    assert '<option value="b" selected>乙</option>' in str(form["owner"])
    assert 'value="2026年3月5日"' in str(form["due"])
    assert str(form["helpers"]).count("checked") == 1
    assert form["due"].field.has_changed(date(2026, 3, 5), "2026-3-5") is False
    assert form["due"].field.has_changed(date(2026, 3, 5), "2026-3-6") is True


@pytest.mark.parametrize(("written", "seen"), [({}, None), ({"version": "3"}, 3), ({"version": "x"}, -1)])
def test_the_version_the_page_showed(written: dict[str, str], seen: int | None) -> None:
    assert work(**written).seen_version == seen


def test_after_a_second_tab_both_sides_are_named_in_words() -> None:
    form = work(due="2026-3-5", helpers=["a"])
    assert form.is_valid()
    form.show_stale(Stale(SimpleNamespace(words="走访", due=date(2026, 3, 9), owner=B)))
    rows = {row.label: (row.kept, row.written) for row in form.stale_rows}
    assert rows == {"时限": ("2026年3月9日", "2026年3月5日"), "责任人": ("乙", "甲")}


def test_a_day_between_bounds() -> None:
    class Bounded(HouseForm):
        on = DayField(label="哪天", not_before=date(2026, 1, 1), not_after=date(2026, 3, 9))

    assert Bounded({"on": "2025-12-31"}).errors == {"on": ["不能早于2026年1月1日。"]}
    assert Bounded({"on": "2026-3-10"}).errors == {"on": ["不能晚于2026年3月9日。"]}
    assert Bounded({"on": "2026-3-9"}).is_valid()
    assert Bounded({"on": "  "}).errors == {"on": ["请填写“哪天”。"]}


class Upload(HouseForm):
    file = PaperField(label="佐证", required=False, suffixes=(".docx", ".pdf"))


def upload(name: str, content: bytes) -> Upload:
    return Upload({}, MultiValueDict({"file": [SimpleUploadedFile(name, content)]}))


def test_files_are_weighed_and_known_by_their_kind(settings: object) -> None:
    settings.UPLOAD_LIMIT = 2**20  # type: ignore[attr-defined]
    assert upload("a.exe", b"x").errors == {"file": ["“a.exe”这种文件读不了，请换成.docx、.pdf再传。"]}
    assert upload("a.pdf", b"").errors == {"file": ["这个文件里面是空的，没有收；请换一个。"]}
    heavy = upload("a.pdf", b"x" * (2**20 + 2**19))
    assert heavy.errors == {"file": ["“a.pdf”有1.5兆，最多收1兆，没有收；请压小或分开再传。"]}


def test_a_file_is_handed_on_as_name_and_pieces() -> None:
    form = upload("A.PDF", b"xyz")
    assert form.is_valid()
    pair = handed_in(form.cleaned_data["file"])
    assert pair is not None
    assert (pair[0], b"".join(pair[1])) == ("A.PDF", b"xyz")
    assert handed_in(None) is None


def test_widgets_wear_the_houses_classes_and_no_placeholder() -> None:
    class Long(HouseForm):
        text = forms.CharField(label="理由", widget=forms.Textarea)

    page = str(Long()["text"]) + str(work()["words"])
    assert 'class="ruled"' in page
    assert 'rows="3"' in page
    assert 'autocomplete="off"' in page
    assert 'aria-required="true"' in page
    assert "placeholder" not in page
