"""Where a passage begins and ends when what is everybody's was trimmed from it."""

from __future__ import annotations

import pytest

from bihuan_text.likeness.ends import SHORTEST, Ends, settled

OWN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申"  # nineteen
EVERYBODYS = "天地玄黄宇宙洪荒日月盈昃"


@pytest.mark.parametrize(("left", "right"), [("", EVERYBODYS), (EVERYBODYS, "")])
def test_a_copy_that_fell_just_short_gets_back_the_letter_it_lacks(left: str, right: str) -> None:
    text, other = f"在先{left}{OWN}{right}", f"另有其事{left}{OWN}{right}"
    a, b = text.index(OWN), other.index(OWN)
    ends = settled(text, other, Ends(a, a + 19, b, b + 19), (bool(left), bool(right)))
    assert (ends.a1 - ends.a0, ends.b1 - ends.b0) == (SHORTEST, SHORTEST)
    assert OWN in text[ends.a0 : ends.a1] == other[ends.b0 : ends.b1]


def test_letters_that_are_not_in_both_are_not_given_back() -> None:
    text, other = f"在先{OWN}天外", f"另有其事{OWN}地上"
    a, b = text.index(OWN), other.index(OWN)
    ends = settled(text, other, Ends(a, a + 19, b, b + 19), (False, True))
    assert ends.a1 - ends.a0 == 19


def test_what_fell_far_short_stays_short() -> None:
    text = f"在先{OWN[:14]}{EVERYBODYS}"
    ends = settled(text, text, Ends(2, 16, 2, 16), (False, True))
    assert ends.a1 - ends.a0 == 14
