"""The tags: what they write, and that nothing a user wrote becomes markup."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from bihuan.core.access import YES, Stale, verdict
from bihuan.core.forms import HouseForm
from bihuan.core.ui.rings import RINGS, ring_of
from bihuan.ledger.models.problems import Answer
from bihuan.ledger.states import RING, MeasureState, ProblemState

EVIL = "<script>x()</script>"
HARMLESS = "&lt;script&gt;x()&lt;/script&gt;"
NO = verdict((False, "第三样还没有佐证"), (False, "请岗位上的人补"))


def draw(source: str, **context: object) -> str:
    return re.sub(r"\s+", " ", Template(source).render(Context(context))).strip()


@pytest.mark.parametrize("word", [*ProblemState.values, *MeasureState.values, *Answer.values])
def test_every_state_word_has_a_ring(word: str) -> None:
    assert draw("{% state word %}", word=word) == f'<span class="state {RINGS[word]}">{word}</span>'


def test_a_problem_has_the_ring_the_ledger_says() -> None:
    assert {state.value: ring_of(state.value) for state in RING} == {state.value: ring for state, ring in RING.items()}


def test_a_word_without_a_ring_stands_alone() -> None:
    assert draw("{% state word %}", word="别的") == '<span class="state is-plain">别的</span>'
    assert draw("{% state word ring='is-set' %}", word="别的") == '<span class="state is-set">别的</span>'


@pytest.mark.parametrize(
    "source",
    [
        "{% state evil %}", "{% button evil %}", "{% button '存' name='n' value=evil %}", "{% go evil '/' %}",
        "{% go '看' evil %}", "{% more evil '/' %}", "{% finding 'warn' evil evil article=evil url=evil link=evil %}",
        "{% button '存' verdict=no %}", "{% go '看' '/' verdict=no %}", "{% when None note=evil %}",
    ],
)  # fmt: skip
def test_what_a_user_wrote_never_becomes_markup(source: str) -> None:
    page = draw(source, evil=EVIL, no=verdict((False, EVIL)))
    assert HARMLESS in page
    assert "<script" not in page


def test_a_field_escapes_its_label_hint_value_choices_and_errors() -> None:
    class Evil(HouseForm):
        a = forms.CharField(label=EVIL, help_text=EVIL, max_length=5)
        b = forms.ChoiceField(label=EVIL, choices=[("1", EVIL)], widget=forms.RadioSelect)
        c = forms.BooleanField(label=EVIL)

    page = draw("{% fields form %}", form=Evil({"a": EVIL, "b": EVIL}))
    assert page.count(HARMLESS) >= 6
    assert "<script" not in page


def test_a_forbidden_button_stays_and_says_why() -> None:
    page = draw("{% button '核验通过' main=True verdict=no %}", no=NO)
    assert page == (
        '<span class="blocked"><button class="btn" type="button" aria-disabled="true" aria-describedby="why-1">核验通过'
        '</button><span class="why" id="why-1">第三样还没有佐证；请岗位上的人补。</span> </span>'
    )


def test_two_forbidden_things_on_a_page_have_reasons_of_their_own() -> None:
    page = draw("{% button 'a' verdict=no %}{% go 'b' '/' verdict=no %}{% more 'c' '/' verdict=no %}", no=NO)
    assert re.findall(r'id="(why-\d)"', page) == ["why-1", "why-2", "why-3"]
    assert "href" not in page


def test_an_allowed_button_sends_what_it_is_told() -> None:
    page = draw("{% button '退回' main=True verdict=yes name='result' value='退回' form='f' %}", yes=YES)
    assert page == ('<button class="btn btn-main" type="submit" name="result" value="退回" form="f">退回</button>')
    assert draw("{% button '销毁' end=True %}") == '<button class="btn btn-end" type="submit">销毁</button>'


def test_links() -> None:
    assert draw("{% go '去看' '/x/' main=True %}") == '<a class="btn btn-main" href="/x/">去看</a>'
    assert draw("{% more '看全部' '/x/' %}") == '<a class="link" href="/x/">看全部</a>'
    assert draw("{% more '投诉' 'core:feedback' %}") == '<a class="link" href="/feedback/">投诉</a>'


def test_days_in_their_element(settings: object) -> None:
    assert draw("{{ d|fullday }}", d=date(2026, 3, 12)) == '<time datetime="2026-03-12">2026年3月12日</time>'
    assert draw("{{ d|fullday }}{{ d|day }}{{ d|moment }}", d=None) == ""
    late_evening = datetime(2025, 3, 6, 17, 30, tzinfo=UTC)  # already the next day where the installation stands
    assert draw("{{ d|fullday }}", d=late_evening) == '<time datetime="2025-03-07">2025年3月7日</time>'
    assert draw("{{ d|moment }}", d=late_evening).startswith('<time datetime="2025-03-07T01:30+08:00">2025年3月7日1:30')


def test_when_says_the_day_and_its_distance() -> None:
    today = date(2026, 3, 9)
    assert draw("{% when d today=t %}", d=date(2026, 3, 12), t=today) == (
        '<span class="when is-near"><b><time datetime="2026-03-12">3月12日</time></b><span>还有3天</span></span>'
    )
    assert 'class="when is-late"' in draw("{% when d today=t %}", d=date(2026, 3, 8), t=today)
    done = draw("{% when d today=t done=True %}", d=date(2026, 3, 8), t=today)
    assert done == '<span class="when"><b><time datetime="2026-03-08">3月8日</time></b></span>'
    assert draw("{% when None %}") == '<span class="when"><span>还没有定</span></span>'


def test_a_finding_of_unknown_severity_is_a_mistake_in_the_page() -> None:
    assert 'class="finding is-block"' in draw("{% finding 'block' '缺日期' '补上' %}")
    with pytest.raises(TemplateSyntaxError, match="no severity"):
        draw("{% finding 'fatal' '缺日期' %}")


def test_keys_are_new_each_time_and_versions_are_the_records() -> None:
    keys = re.findall(r'value="([0-9a-f]{32})"', draw("{% form_key %}{% form_key %}"))
    assert len(set(keys)) == 2
    assert draw("{% version r %}", r=SimpleNamespace(version=7)) == '<input type="hidden" name="version" value="7">'


class Both(HouseForm):
    words = forms.CharField(label="措施", help_text="谁做什么")
    result = forms.ChoiceField(label="结果", choices=[("通过", "通过"), ("退回", "退回")], widget=forms.RadioSelect)
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_names_what_describes_it_and_what_is_wrong() -> None:
    page = draw("{% field form.words %}", form=Both({}))
    assert '<label for="id_words">措施</label>' in page
    assert '<p class="hint" id="id_words_helptext">谁做什么</p>' in page
    assert '<p class="wrong" id="id_words_error">请填写“措施”。</p>' in page
    assert 'aria-describedby="id_words_helptext id_words_error"' in page
    assert 'aria-invalid="true"' in page
    assert "placeholder" not in page


def test_choices_stand_in_a_fieldset_and_what_may_be_left_out_says_so() -> None:
    page = draw("{% fields form %}", form=Both())
    assert "<legend>结果</legend>" in page
    assert page.count('<label class="choice">') == 2
    assert '<label for="id_note">备注<span class="optional">可以不填</span></label>' in page
    assert page.count('name="hidden"') == 1
    assert 'role="alert"' not in page


def test_fields_show_what_a_second_tab_kept_beside_what_was_written() -> None:
    form = Both({"words": EVIL, "result": "通过"})
    assert form.is_valid()
    form.show_stale(Stale(SimpleNamespace(words="另一页存的", result="通过", version=3)))
    page = draw("{% fields form %}", form=form)
    assert '<td role="cell" data-label="现在存的">另一页存的</td>' in page
    assert f'<td role="cell" data-label="您写的">{HARMLESS}</td>' in page
    assert page.count('<th scope="row"') == 1  # what is the same on both sides is not shown
    assert "别人改过这条记录" in page


def test_a_field_that_is_not_there_fails_loudly() -> None:
    with pytest.raises((TemplateSyntaxError, KeyError)):
        draw("{% field form.nothing %}", form=Both())
