"""Places in a text that changes: edits and their undoing, sentences, marks; whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bihuan.review.checking import Remark, sentence_at
from bihuan.review.inplace import line_edits
from bihuan.review.reading import Edit, apart, as_it_is_now, changed, taken_back
from bihuan.review.sheet import sheet

TEXTS = st.text(alphabet="样例文字。，“”\n一\t", max_size=60)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it that stand apart."""
    text = draw(TEXTS)
    places = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, 6)), max_size=5))
    news = st.text(alphabet="新话", max_size=4)
    return text, apart(
        Edit(start, end := min(start + long, len(text)), draw(news), text[start:end]) for start, long in places
    )


@given(edited())
def test_what_is_changed_can_be_taken_back(given_: tuple[str, list[Edit]]) -> None:
    text, edits = given_
    assert taken_back(changed(text, edits), edits) == text


@given(TEXTS, st.data())
def test_a_document_carried_through_edits_is_the_changed_text(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    document, _ = as_it_is_now("a.txt", raw, text, "txt", ())
    said = document.text
    start = data.draw(st.integers(0, len(said)))
    end = data.draw(st.integers(start, len(said)))
    edit = Edit(start, end, "新话", said[start:end])
    after, _ = as_it_is_now("a.txt", raw, changed(said, [edit]), "txt", [{"words": "", "edits": [edit.plain()]}])
    assert after.text == changed(said, [edit])
    assert all(0 <= span.start <= span.end <= len(after.text) for span in after.paragraphs)


@given(TEXTS, st.data())
def test_a_sentence_holds_its_place_and_stays_in_its_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = sentence_at(text, start, end)
    assert 0 <= first <= start <= max(last, start) <= len(text)
    assert "\n" not in text[first:last]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6))
def test_the_page_shows_every_character_once_and_every_mark(text: str, spans: list[tuple[int, int]]) -> None:
    held = [(start, min(start + long, len(text))) for start, long in spans if start < len(text)]
    remarks = [
        Remark(number, "R38", "warn", start, end, text[start:end], "", "", "", ())
        for number, (start, end) in enumerate(held, 1)
    ]
    lines = sheet(text, remarks)
    shown = ["".join(piece.text for piece in line.pieces) for line in lines]
    assert [line.replace("　｜　", "") for line in shown] == [
        line.replace("\t", "") for line in text.split("\n") if line.strip()
    ]
    tags = [tag.number for line in lines for piece in line.pieces for tag in piece.tags]
    assert len(tags) == len(set(tags))
    begins_in_words = {n for n, (start, _) in enumerate(held, 1) if text[start : start + 1] not in ("\n", "")}
    blank = {n for n in begins_in_words if not _line(text, held[n - 1][0]).strip()}
    assert begins_in_words - blank <= set(tags)


def _line(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 :].split("\n")[0]


@given(st.lists(st.text(alphabet="样例文字", max_size=8), min_size=1, max_size=4), st.data())
def test_what_differs_line_by_line_makes_the_new_text(lines: list[str], data: st.DataObject) -> None:
    after = [data.draw(st.text(alphabet="样例新话", max_size=8)) for _ in lines]
    edits = line_edits("\n".join(lines), "\n".join(after))
    assert changed("\n".join(lines), edits) == "\n".join(after)
