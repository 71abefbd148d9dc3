"""Any template, in the shapes that Word, WPS and LibreOffice write: nothing but the blanks changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from bihuan_text.blanks import Said, fill, find_blanks
from tests.blanks.making import W, box, docx, formtext, names, part, tbl, tc, tr

ANSWER = "答"  # stands in no template
LOOKS = ["", "<w:b/>", '<w:u w:val="single"/>', '<w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>']
WORDS = ["应到党员", "实到", "人", "，", "。", "填报单位：", "会议于", "召开", "（盖章）", "第一支部", "意见"]
BLANKS = [
    "____",
    "（  ）",
    "【】",
    "      ",
    "XX",
    "    年  月  日",
    "\u3000\u3000年\u3000月\u3000日",
    "[ ]",
    "______人",
]
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Cut:
    """How one writer breaks a sentence: the lengths of its runs, and what it leaves around them."""

    lengths: tuple[int, ...]
    look: int
    traces: tuple[str, ...]


def _run(text: str, look: str, trace: str) -> str:
    """A run with a writer's traces around it."""
    rsid = ' w:rsidR="00A77B3E" w:rsidRPr="00C1D2E3"' if trace != "libreoffice" else ""
    run = f'<w:r{rsid}><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return {
        "proof": f'<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>',
        "mark": f'<w:bookmarkStart w:id="9" w:name="_GoBack"/>{run}<w:bookmarkEnd w:id="9"/>',
        "tag": f'<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="date">{run}</w:smartTag>',
        "ins": f'<w:ins w:id="7" w:author="某" w:date="2026-03-01T00:00:00Z">{run}</w:ins>',
        "sdt": f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>',
    }.get(trace, run)


def _sentence(text: str, cut: Cut) -> str:
    """The sentence in runs that are split wherever the writer pleased, in the middle of words too."""
    made, at, n = [], 0, 0
    while at < len(text):
        length = cut.lengths[n % len(cut.lengths)]
        trace = cut.traces[n % len(cut.traces)]
        made.append(_run(text[at : at + length], LOOKS[(cut.look + n // 3) % len(LOOKS)], trace))
        at, n = at + length, n + 1
    return f'<w:p w:rsidR="00A77B3E" w14:paraId="3F2A11C{cut.look}"><w:pPr><w:jc w:val="both"/></w:pPr>{"".join(made)}</w:p>'


texts = st.lists(st.sampled_from([*WORDS, *BLANKS]), min_size=1, max_size=7).map("".join)
cuts = st.builds(
    Cut,
    st.lists(st.integers(1, 5), min_size=1, max_size=5).map(tuple),
    st.integers(0, 3),
    st.lists(st.sampled_from(["word", "proof", "mark", "tag", "ins", "sdt", "libreoffice"]), min_size=1).map(tuple),
)
sentences = st.builds(_sentence, texts, cuts)
fields = st.builds(
    lambda before, result, look: f"<w:p>{_run(before, look, 'word')}{formtext(result, '文字1', look=look)}</w:p>",
    st.sampled_from(WORDS), st.sampled_from(["", "\u2002" * 5]), st.sampled_from(LOOKS),
)  # fmt: skip
boxes = st.builds(lambda inside: f"<w:p>{box(inside)}</w:p>", sentences)
tables = st.builds(
    lambda head, cell: tbl(tr(tc(head), tc("<w:p/>")), tr(tc(cell), tc("<w:p/>")), columns=2), sentences, sentences
)
blocks = st.lists(st.one_of(sentences, sentences, fields, boxes, tables), min_size=1, max_size=5).map("".join)
templates = st.builds(
    lambda body, header, footer: docx(body, header1=header, footer1=footer), blocks, sentences, sentences
)


# --- what a file says, character by character, with the look of each and everything that stands around ----------------
def _tokens(node: etree._Element, look: bytes = b"", trace: str = "") -> Iterator[tuple[object, ...]]:
    for child in node:
        if child.tag == W + "r":
            form = child.find(W + "rPr")
            own = b"" if form is None else etree.tostring(form, method="c14n", exclusive=True)
            yield from _tokens(child, own, repr(sorted(child.items())))
        elif child.tag == W + "t":
            yield from (("letter", char, look, trace) for char in child.text or "")
        elif child.tag == W + "sdt" and _is_fact(child):
            content = child.find(W + "sdtContent")
            assert content is not None
            yield from _tokens(content)
        elif child.tag != W + "rPr" or node.tag != W + "r":
            yield ("open", child.tag, *sorted(child.items()), (child.text or "").strip())
            yield from _tokens(child)
            yield ("close", child.tag)


def _is_fact(control: etree._Element) -> bool:
    tag = control.find(f"{W}sdtPr/{W}tag")
    return tag is not None and (tag.get(W + "val") or "").startswith("fact:")


def tokens(data: bytes, name: str) -> list[tuple[object, ...]]:
    return list(_tokens(etree.fromstring(part(data, name))))


def _gone(old: list[tuple[object, ...]], new: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """What of the old is not in the new, which must hold nothing else and in the same order."""
    gone, at = [], 0
    for token in old:
        if at < len(new) and new[at] == token:
            at += 1
        else:
            gone.append(token)
    assert at == len(new), new[at : at + 3]
    return gone


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(templates, st.booleans())
def test_nothing_but_the_blanks_changes(data: bytes, as_facts: bool) -> None:
    template = find_blanks(data, "a.docx")
    values = {b.address: Said(ANSWER, "应到" if as_facts else "") for b in template.blanks}
    filled = fill(data, "a.docx", values, [])
    assert names(filled) == names(data)
    for name in names(data):
        if not name.startswith("word/") or not name.endswith(".xml"):
            assert part(filled, name) == part(data, name)
            continue
        old, new = tokens(data, name), tokens(filled, name)
        gone = _gone(old, [token for token in new if token[:2] != ("letter", ANSWER)])
        assert all(token[0] == "letter" and str(token[1]) in " \u3000\u2002_X0〇2年月日" for token in gone)
        looks = {token[2] for token in old if token[0] == "letter"} | {b""}
        answered = [token for token in new if token[:2] == ("letter", ANSWER)]
        assert all(token[2] in looks for token in answered)
    assert Counter(said(filled))[ANSWER] >= len(template.blanks)


def said(data: bytes) -> str:
    return "".join(
        str(token[1])
        for name in names(data)
        if name.startswith("word/") and name.endswith(".xml")
        for token in tokens(data, name)
        if token[0] == "letter"
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(templates)
def test_filling_twice_gives_the_same(data: bytes) -> None:
    template = find_blanks(data, "a.docx")
    values = {b.address: Said(f"{ANSWER}{n}") for n, b in enumerate(template.blanks)}
    once = fill(data, "a.docx", values, [])
    assert fill(data, "a.docx", values, []) == once
    again = fill(once, "a.docx", values, [])
    assert {name: part(again, name) for name in names(again)} == {name: part(once, name) for name in names(once)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(templates)
def test_a_template_in_which_nothing_is_said_is_the_same_file(data: bytes) -> None:
    filled = fill(data, "a.docx", {}, [])
    assert {name: part(filled, name) for name in names(filled)} == {name: part(data, name) for name in names(data)}
