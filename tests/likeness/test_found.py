"""What is found: to the character where it is verbatim, as one passage where it was touched up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan_text.likeness.prints import REACH, Batch

from .corpus import ALPHABET, Corpus, words

MARKS = "，。；：、“”（）！？"


def only(corpus: Corpus, folder: Path) -> tuple[str, str]:
    """The words of the only passage of the only pair."""
    result = corpus.found(folder)
    assert len(result.passages) == 1, [each.text for each in result.passages]
    return words(corpus, result, result.passages[0])


@pytest.mark.parametrize("length", [20, 21, 33, 150, 1000])
def test_a_verbatim_passage_to_the_character(tmp_path: Path, length: int) -> None:
    corpus = Corpus(length)
    copied = corpus.say(length - 1) + "。"
    corpus.paper("甲", copied)
    corpus.paper("乙", copied)
    assert only(corpus, tmp_path / "p") == (copied, copied)


def test_twelve_letters_among_marks_are_enough(tmp_path: Path) -> None:
    corpus = Corpus(5)
    copied = "“" + "，”“".join(corpus.say(3) for _ in range(4)) + "”。"
    assert len(copied) >= 20
    corpus.paper("甲", copied)
    corpus.paper("乙", copied)
    assert only(corpus, tmp_path / "p") == (copied, copied)


def test_nineteen_characters_are_not_told(tmp_path: Path) -> None:
    corpus = Corpus(6)
    copied = corpus.say(18) + "。"
    corpus.paper("甲", copied)
    corpus.paper("乙", copied)
    assert corpus.found(tmp_path / "p").passages == []


def _every(step: int, change: Callable[[Corpus, str], str]) -> Callable[[Corpus, str], str]:
    def edit(corpus: Corpus, text: str) -> str:
        return "".join(change(corpus, char) if at % step == step // 2 else char for at, char in enumerate(text))

    return edit


EDITS: dict[str, Callable[[Corpus, str], str]] = {
    "换一个字": _every(40, lambda corpus, _: corpus.say(1)),
    "丢一个字": _every(40, lambda _c, _: ""),
    "添一个字": _every(40, lambda corpus, char: char + corpus.say(1)),
    "标点改成字": _every(40, lambda corpus, char: char + "、" + corpus.say(1)),
    "标点全换": lambda _, text: text.translate(str.maketrans("，。；", "；，。")),
    "没有标点": lambda _, text: "".join(char for char in text if char not in MARKS),
    "中间换行空格": _every(28, lambda _, char: char + " \n　"),
    "半角全角": lambda _, text: text.translate(str.maketrans("，。；", ",.;")),
}


@pytest.mark.parametrize("kind", EDITS)
def test_a_copy_that_was_touched_up_is_one_passage(tmp_path: Path, kind: str) -> None:
    corpus = Corpus(len(kind))
    copied = corpus.prose(400)
    edited = EDITS[kind](corpus, copied)
    corpus.paper("甲", copied)
    corpus.paper("乙", edited)
    one, two = only(corpus, tmp_path / "p")
    assert len(one) >= len(copied) - 22
    assert one in copied or copied in one
    assert len(two) >= len(edited) - 25


def test_digits_of_another_script_and_traditional_forms(tmp_path: Path) -> None:
    corpus = Corpus(9)
    corpus.paper("甲", "２０２１年３月，党支部组织党员学习讨论，查摆问题认真开展批评。")
    corpus.paper("乙", "二〇二一年三月，黨支部組織黨員學習討論，查擺問題認真開展批評。")
    one, two = only(corpus, tmp_path / "p")
    assert (one[0], two[0]) == ("２", "二")
    assert one[-1] == two[-1] == "。"


def test_two_sentences_that_changed_places_are_one_passage(tmp_path: Path) -> None:
    corpus = Corpus(10)
    before, first, second, after = (corpus.say(length) + "。" for length in (60, 40, 50, 70))
    corpus.paper("甲", before + first + second + after)
    corpus.paper("乙", before + second + first + after)
    one, two = only(corpus, tmp_path / "p")
    assert one == before + first + second + after
    assert two == before + second + first + after


def test_two_passages_with_other_words_between_them_stay_two(tmp_path: Path) -> None:
    corpus = Corpus(11)
    first, second = corpus.say(50) + "。", corpus.say(60) + "。"
    corpus.paper("甲", first + corpus.say(30) + "。" + second)
    corpus.paper("乙", first + corpus.say(35) + "。" + second)
    result = corpus.found(tmp_path / "p")
    assert [words(corpus, result, each) for each in result.passages] == [(first, first), (second, second)]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 60), st.integers(0, 60))
def test_any_twelve_shared_letters_have_a_shared_fingerprint(seed: int, before: int, after: int) -> None:
    corpus = Corpus(seed)
    shared = corpus.say(REACH)
    texts = [corpus.say(before) + shared + corpus.say(after), corpus.say(after) + shared + corpus.say(before)]
    hashes = [key >> 28 for key in Batch(texts).keys.tolist()]
    assert len(set(hashes)) < len(hashes)


def test_the_alphabet_of_these_tests_folds_to_itself() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_of_a_family_the_earliest_is_told_when_all_are_dated(tmp_path: Path) -> None:
    corpus = Corpus(13)
    text = corpus.prose(600)
    corpus.papers = {"甲": text + "\n2026年3月5日", "乙": corpus.prose(50) + text + "\n2026年2月11日"}
    result = corpus.found(tmp_path / "p")
    (family,) = result.families
    assert (family.same, family.earliest) == (False, 1)
    corpus.papers["丙"] = text + corpus.prose(48)
    assert [each.earliest for each in corpus.found(tmp_path / "p").families] == [None]


def test_a_copy_of_twenty_characters_that_begins_with_a_mark_is_not_lost(tmp_path: Path) -> None:
    corpus = Corpus(41)
    cut = "，" + corpus.say(9) + "、" + corpus.say(9)
    for name in ("one", "two"):
        corpus.papers[name] = corpus.prose(200) + corpus.say(5) + cut + corpus.say(5) + corpus.prose(100)
    result = corpus.found(tmp_path / "papers")
    assert [words(corpus, result, each) for each in result.passages] == [(cut, cut)]


@pytest.mark.parametrize(
    ("copied", "before", "after"),
    [
        ("《{0}》{1}。", ("。", "。"), ("", "")),  # an opening mark belongs to it
        ("，{0}，{1}", ("。", "；"), ("", "")),  # so does a mark that follows another
        ("{0}，{1}。", ("人次。\n", "人次。"), ("", "")),  # letters equal by chance before another mark do not
        ("{0}，{1}。", ("。", "。"), ("\n同前", "同前")),  # nor after one
    ],
)
def test_marks_at_the_ends_of_a_copy(
    tmp_path: Path, copied: str, before: tuple[str, str], after: tuple[str, str]
) -> None:
    corpus = Corpus(51)
    copied = copied.format(corpus.say(14), corpus.say(16))
    for name, left, right in zip(("one", "two"), before, after, strict=True):
        corpus.papers[name] = (
            corpus.prose(200) + corpus.say(5) + left + copied + right + corpus.say(5) + corpus.prose(90)
        )
    assert only(corpus, tmp_path / "papers") == (copied, copied)
