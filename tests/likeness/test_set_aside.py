"""What counts for nothing is shown apart with its reason; what is rare beside it is not lost."""

from __future__ import annotations

from pathlib import Path

from .corpus import Corpus, sides, words


def test_what_many_papers_share_is_set_aside_with_how_many(tmp_path: Path) -> None:
    corpus = Corpus(1)
    slogan = corpus.say(45) + "。"
    for number in range(30):
        corpus.paper(f"{number:02d}", slogan)
    result = corpus.found(tmp_path / "p")
    assert result.passages == []
    assert [(each.papers, each.reason) for each in result.set_aside] == [(30, "30 篇材料都有")]
    assert result.set_aside[0].text in slogan
    assert len(result.set_aside[0].text) >= 40


def test_a_rare_passage_between_common_ones_is_found_to_the_sentence(tmp_path: Path) -> None:
    corpus = Corpus(2)
    slogans = [corpus.say(50) + "。" for _ in range(2)]
    rare = corpus.say(40) + "。"
    for number in range(28):
        middle = rare if number in {3, 17} else corpus.say(44) + "。"
        corpus.paper(f"{number:02d}", slogans[0] + middle + slogans[1])
    result = corpus.found(tmp_path / "p")
    assert sides(result) == [("03", "17")]
    one, two = words(corpus, result, result.passages[0])
    assert one == two
    assert rare in one
    assert len(one) <= len(rare) + 4


def test_a_short_copy_is_found_whole_though_many_papers_begin_the_same_sentence_with_the_same_word(
    tmp_path: Path,
) -> None:
    corpus = Corpus(12)
    slogan, word = corpus.say(50) + "。", corpus.say(4)
    copied = word + "，" + corpus.say(17)
    for number in range(60):
        after = copied if number in {3, 17} else word + corpus.say(18)
        corpus.paper(f"{number:02d}", slogan + after)
    result = corpus.found(tmp_path / "p")
    assert [words(corpus, result, each) for each in result.passages] == [(copied, copied)]
    assert sides(result) == [("03", "17")]


def test_where_two_common_sentences_meet_nothing_is_told(tmp_path: Path) -> None:
    corpus = Corpus(3)
    slogans = [corpus.say(30) + "。" for _ in range(8)]
    for number in range(120):
        one, two = corpus.random.sample(slogans, 2)
        corpus.paper(f"{number:02d}", one + two, corpus.random.choice(slogans))
    assert corpus.found(tmp_path / "p").passages == []


def copied_in_common_words(corpus: Corpus, papers: int) -> str:
    """A string that stands in papers 03 and 17 only, while each ten letters of it stand in twenty more."""
    copied = corpus.say(24)
    pieces = [copied[at : at + 10] for at in range(15)]
    for number in range(papers):
        parts = [copied] if number in {3, 17} else []
        corpus.paper(f"{number:02d}", *parts, *(pieces if number >= 20 and number < 42 else []))
    return copied


def test_a_long_string_of_few_papers_is_found_though_every_ten_letters_of_it_are_common(tmp_path: Path) -> None:
    corpus = Corpus(6)
    copied = copied_in_common_words(corpus, 60)
    result = corpus.found(tmp_path / "p")
    assert [words(corpus, result, each) for each in result.passages] == [(copied, copied)]
    assert sides(result) == [("03", "17")]


def test_a_template_takes_out_its_words_among_few_papers(tmp_path: Path) -> None:
    corpus = Corpus(4)
    notice, own = corpus.say(80) + "。", corpus.say(50) + "。"
    corpus.paper("甲", notice, own)
    corpus.paper("乙", notice, own)
    template = tmp_path / "通知.txt"
    template.write_text(corpus.prose(100) + notice + corpus.prose(100), "utf-8")
    assert len(corpus.found(tmp_path / "p").passages) == 2
    result = corpus.found(tmp_path / "p", templates=(str(template),))
    assert [words(corpus, result, each) for each in result.passages] == [(own, own)]
    assert {each.reason for each in result.set_aside} == {"模板里的话"}
    assert "通知" not in "".join(name for pair in sides(result) for name in pair)


def test_titles_and_set_phrases_alone_are_no_passage(tmp_path: Path) -> None:
    corpus = Corpus(5)
    phrase = "《中国共产党党员教育管理工作条例》和《中国共产党支部工作条例（试行）》"
    corpus.paper("甲", phrase)
    corpus.paper("乙", phrase)
    result = corpus.found(tmp_path / "p")
    assert result.passages == []
    assert [each.reason for each in result.set_aside] == ["文件名称和固定提法"]


def filled_in(corpus: Corpus, papers: int) -> None:
    """One paper filled in many times, each time with a name and a paragraph; two copies share one more passage."""
    paragraphs = [corpus.prose(150) for _ in range(6)]
    rare = corpus.say(32) + "。"
    for number in range(papers):
        own = [corpus.say(3) + paragraph + corpus.say(4) for paragraph in paragraphs]
        own[number % 6] = corpus.prose(120)
        if number in {7, 31}:
            own.insert(3, rare)
        corpus.papers[f"{number:02d}"] = "\n".join(own)
    corpus.paper("others1")
    corpus.paper("others2", rare[:10])
    corpus.papers["rare"] = rare


def test_a_rare_passage_in_a_family_of_near_identical_papers_is_told_and_the_family_too(tmp_path: Path) -> None:
    corpus = Corpus(7)
    filled_in(corpus, 50)
    rare = corpus.papers.pop("rare")
    result = corpus.found(tmp_path / "p")
    assert [words(corpus, result, each) for each in result.passages] == [(rare, rare)]
    assert sides(result) == [("07", "31")]
    assert [len(each.papers) for each in result.families] == [50]
    assert not result.families[0].same


def test_papers_that_only_share_slogans_are_no_family(tmp_path: Path) -> None:
    corpus = Corpus(8)
    slogans = [corpus.say(45) + "。" for _ in range(4)]
    for number in range(40):
        corpus.paper(f"{number:02d}", *slogans)
    assert corpus.found(tmp_path / "p").families == []
