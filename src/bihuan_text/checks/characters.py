"""D28: characters that are wrong, missing or doubled, where the evidence is strong.

Five witnesses: near misses of fixed phrases, doubled characters and words, words known to be written wrongly, sentence
frames that lack a word, and characters that make no word where another of the same sound would. Names and titles are
never looked into; of a quotation only the fixed phrases are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import cast

from bihuan_text.lists import holds_any, table

from .registry import Mend, Paper, Remark, Severity, rule
from .wording.confusions import known_slips
from .wording.doubles import doubled_characters, doubled_measures, doubled_particles, doubled_words
from .wording.lexicon import costs
from .wording.lone import strange
from .wording.pairs import WRONG, places, signs_of
from .wording.phrases import ALONE, Slip, is_torn, slips

_TITLES = re.compile("《[^《》\n]*》")
_QUOTES = re.compile('“[^“”\n]*”|「[^」\n]*」|"[^"\n]*"')
_ASK = "请核对，改正后再读一遍这句话。"
_DRAWN = re.compile("[\u4e00-\u9fff]")
_TRADITIONAL = re.compile("[們會員對說這個來時為過學習開發現問題幹級圖書館黨紀組織責應實際產後與還進從見長]")
_HAN_PAIR = re.compile("[\u4e00-\u9fff]{2}")
_TOO_MANY = 12


@rule("D28")
def characters(paper: Paper) -> Iterator[Remark]:
    """Each slip once; a paper in traditional characters is left alone, for the lists are in simplified ones."""
    text = paper.shadow.text
    if len(_TRADITIONAL.findall(paper.text[:2000])) > _TOO_MANY:
        return
    quoted = [m.span() for m in _QUOTES.finditer(text)]
    bare = _TITLES.sub(lambda m: "\x00" * len(m.group()), text)
    taken: set[int] = set()
    for place, remark in _found(paper, bare, _without_titles(signs_of(text), text), quoted):
        if taken.isdisjoint(range(*place)):
            taken.update(range(*place))
            yield remark


def _without_titles(signs: bytes, text: str) -> bytes:
    """The signs of a text whose titles are blanked."""
    left = bytearray(signs)
    for title in _TITLES.finditer(text):
        left[title.start() : title.end()] = bytes(len(title.group()))
    return bytes(left[: len(signs)])


Place = tuple[int, int]


def _found(paper: Paper, text: str, signs: bytes, quoted: list[Place]) -> Iterator[tuple[Place, Remark]]:
    """Remarks of all witnesses, the surest first."""
    starts = [start for start, _ in quoted]

    def inside(at: int) -> bool:
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < quoted[index][1]

    for start, end, right in known_slips(text, places(signs, WRONG)):
        if not inside(start):
            yield (start, end), _remark(paper, start, end, f"“{text[start:end]}”应为“{right}”。", right)
    yield from _framed(paper, text)
    for slip in slips(text, signs):
        if not inside(slip.start) or len(slip.right) > 5:
            yield (slip.start, slip.end), _of_slip(paper, text, slip)
    yield from (found for found in _twice(paper, text) if not inside(found[0][0]))
    yield from (found for found in _strange(paper, text, signs) if not inside(found[0][0]))


def _remark(
    paper: Paper, start: int, end: int, why: str, right: str | None, severity: Severity | None = None
) -> Remark:
    span = paper.shadow.back(start, end)
    plain = span.end - span.start == end - start
    mend = (Mend(span.start, span.end, right),) if right is not None and plain else ()
    return Remark(span, why, right or _ASK, mend, severity)


_KINDS = {"lost": "少了字", "extra": "多了字", "swap": "字的次序颠倒了"}


def _of_slip(paper: Paper, text: str, slip: Slip) -> Remark:
    what = _KINDS.get(slip.kind, "有错字")
    why = f"“{text[slip.start : slip.end]}”{what}，应为“{slip.right}”。"
    return _remark(paper, slip.start, slip.end, why, slip.right)


def _strange(paper: Paper, text: str, signs: bytes) -> Iterator[tuple[Place, Remark]]:
    for first, last, right in strange(text, signs):
        place = (first, last)
        if is_torn(text, *place) or _meant(text, *place) or "逐" in text[first - 1 : last]:
            continue  # 逐件, 逐院, 逐页: any measure may follow 逐
        said = text[place[0] - 1 : place[1] + 1].strip("\x00")
        what = "之误" if len(right) == last - first else "少了字"
        why = f"“{said}”里的“{text[place[0] : place[1]]}”疑为“{right}”{what}。"
        yield place, _remark(paper, *place, why, right)


def _meant(text: str, start: int, end: int) -> bool:
    """Whether the same characters stand together again elsewhere: a new word, or a name; slips are not repeated."""
    if end - start > 1:
        again = (m.span() for m in re.finditer(text[start:end], text) if m.start() != start)
        # 责人 stands inside 负责人
        return any(text[a - 1 : b] not in costs() and text[a : b + 1] not in costs() for a, b in again)
    left, right = text[start - 1 : end] if start else "", text[start : end + 1]
    return text.count(left) > 1 < text.count(right) or any(
        text.count(pair) > 1 and _HAN_PAIR.fullmatch(pair) and pair[0] not in ALONE and pair[1] not in ALONE
        for pair in (left, right)
    )


def _twice(paper: Paper, text: str) -> Iterator[tuple[Place, Remark]]:
    for at in doubled_characters(text):
        why = f"“{text[at]}”字重复，多了一个。"
        yield (at - 1, at + 1), _remark(paper, at - 1, at + 1, why, text[at])
    for at in (*doubled_particles(text), *doubled_measures(text)):
        right = text[at - 1] if text[at] == "个" else text[at]
        yield (at - 1, at + 1), _remark(paper, at - 1, at + 1, f"“{text[at - 1 : at + 1]}”里多了一个字。", right)
    for first, last in doubled_words(text):
        word = text[first:last]
        place = (first - len(word), last)
        yield place, _remark(paper, *place, f"“{word}”写了两遍。", word)


# --- frames -----------------------------------------------------------------------------------------------------------


@cache
def _frames() -> tuple[tuple[list[str], re.Pattern[str], dict[str, object]], ...]:
    """What each frame needs, its pattern, and all that is said of it."""
    rows = cast("list[dict[str, object]]", table("frames.toml")["frame"])
    return tuple(
        (cast("list[str]", row.get("need", [""])), re.compile(str(row["pattern"]), re.MULTILINE), row) for row in rows
    )


def _framed(paper: Paper, text: str) -> Iterator[tuple[Place, Remark]]:
    for need, pattern, row in _frames():
        severity = Severity(str(row["grave"])) if "grave" in row else None
        for match in pattern.finditer(text) if holds_any(text, need) else ():
            start, end = match.start(), match.end()
            right: str | None = None
            if "insert" in row:
                at = match.start("here")
                right = text[start:at] + str(row["insert"]) + text[at:end]
            elif "instead" in row:
                right = text[start : match.start("gone")] + str(row["instead"]) + text[match.end("gone") : end]
            yield (start, end), _remark(paper, start, end, str(row["why"]), right, severity)
