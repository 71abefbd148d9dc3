"""Run as a program of its own, never imported: the glyphs of a PDF by PDFium, as lines of JSON on standard output.

    python -I -S child.py LIBRARY CHARACTERS PAGES < FILE.pdf
    {"cannot": "locked" | "damaged" | "pages" | "characters"}                  and nothing more, or
    {"page": [x0, y0, x1, y1], "runs": [[text, x0, y, x1, size], …], "rules": [[x0, y0, x1, y1], …],
     "picture": 0 | 1, "unseen": 0 | 1}                                        a page
    {"end": pages}

Points, y upwards, turned so that the text of the page runs from left to right; text at a slant (a watermark) is left
out. PDFium is C and the file may be hostile: at worst it ends this process, which has nothing to lose. Its package is
not imported, because this program must start in a few hundredths of a second and needs few of its calls.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from ctypes import POINTER, byref, c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from itertools import pairwise
from typing import Any, TypeAlias

SECONDS, MEMORY = 10, 340 * 1024 * 1024
_LOCKED = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_PATH, _IMAGE, _MOVE, _CURVE = 2, 3, 2, 1
_UNSEEN = 3  # the text mode of the words under a scanned page
_SLANT = math.radians(6)
_MOST_OBJECTS, _MOST_POINTS, _MOST_RUNS = 20_000, 60_000, 60_000
_THIN = 2.5  # points: a filled path as narrow as this is a rule
_GAP, _LATIN_GAP = 0.35, 0.15  # of the size: glyphs as near as this go on in one run
_WIDE = 0x2E80  # from here on characters are as wide as high
_LATIN_END, _HYPHEN, _UNKNOWN = 0x17F, 2, "\ufffd"
_WIDGET, _HIDDEN, _TICKED, _WRITTEN = 20, 2, (2, 3), (4, 5, 6)  # FPDF_ANNOT_WIDGET, FPDF_FORMFIELD_…
_MOST_FIELDS, _MOST_BYTES, _MOST_LINES, _FIELD_SIZE = 2_000, 200_000, 500, 12.0
_BLANKS = frozenset((0x20, 0xA0, 0x3000))

Run: TypeAlias = tuple[str, float, float, float, float]
Rule: TypeAlias = tuple[float, float, float, float]


class _Box(ctypes.Structure):
    _fields_ = [(name, c_float) for name in ("left", "top", "right", "bottom")]


class _Matrix(ctypes.Structure):
    _fields_ = [(name, c_float) for name in "abcdef"]


class _FormInfo(ctypes.Structure):
    """FPDF_FORMFILLINFO: no call back is needed to read what is filled in, so there is none."""

    _fields_ = [("version", c_int), ("calls", c_void_p * 120)]


_CALLS: dict[str, tuple[Any, ...]] = {  # what comes back, then what is given
    "FPDF_InitLibrary": (None,),
    "FPDF_LoadMemDocument64": (c_void_p, c_char_p, c_size_t, c_char_p),
    "FPDF_GetLastError": (c_ulong,),
    "FPDF_GetPageCount": (c_int, c_void_p),
    "FPDF_LoadPage": (c_void_p, c_void_p, c_int),
    "FPDF_ClosePage": (None, c_void_p),
    "FPDF_GetPageBoundingBox": (c_int, c_void_p, POINTER(_Box)),
    "FPDFText_LoadPage": (c_void_p, c_void_p),
    "FPDFText_ClosePage": (None, c_void_p),
    "FPDFText_CountChars": (c_int, c_void_p),
    "FPDFText_GetUnicode": (c_uint, c_void_p, c_int),
    "FPDFText_IsGenerated": (c_int, c_void_p, c_int),
    "FPDFText_HasUnicodeMapError": (c_int, c_void_p, c_int),
    "FPDFText_GetTextObject": (c_void_p, c_void_p, c_int),
    "FPDFText_GetCharOrigin": (c_int, c_void_p, c_int, POINTER(c_double), POINTER(c_double)),
    "FPDFText_GetLooseCharBox": (c_int, c_void_p, c_int, POINTER(_Box)),
    "FPDFText_GetMatrix": (c_int, c_void_p, c_int, POINTER(_Matrix)),
    "FPDFText_GetFontSize": (c_double, c_void_p, c_int),
    "FPDFTextObj_GetTextRenderMode": (c_int, c_void_p),
    "FPDFPage_CountObjects": (c_int, c_void_p),
    "FPDFPage_GetObject": (c_void_p, c_void_p, c_int),
    "FPDFPageObj_GetType": (c_int, c_void_p),
    "FPDFPageObj_GetMatrix": (c_int, c_void_p, POINTER(_Matrix)),
    "FPDFPath_CountSegments": (c_int, c_void_p),
    "FPDFPath_GetPathSegment": (c_void_p, c_void_p, c_int),
    "FPDFPathSegment_GetType": (c_int, c_void_p),
    "FPDFPathSegment_GetClose": (c_int, c_void_p),
    "FPDFPathSegment_GetPoint": (c_int, c_void_p, POINTER(c_float), POINTER(c_float)),
    "FPDFDOC_InitFormFillEnvironment": (c_void_p, c_void_p, c_void_p),
    "FPDFPage_GetAnnotCount": (c_int, c_void_p),
    "FPDFPage_GetAnnot": (c_void_p, c_void_p, c_int),
    "FPDFPage_CloseAnnot": (None, c_void_p),
    "FPDFAnnot_GetSubtype": (c_int, c_void_p),
    "FPDFAnnot_GetFlags": (c_int, c_void_p),
    "FPDFAnnot_GetRect": (c_int, c_void_p, POINTER(_Box)),
    "FPDFAnnot_GetFormFieldType": (c_int, c_void_p, c_void_p),
    "FPDFAnnot_GetStringValue": (c_ulong, c_void_p, c_char_p, c_char_p, c_ulong),
    "FPDFAnnot_GetFormFieldValue": (c_ulong, c_void_p, c_void_p, c_char_p, c_ulong),
}  # fmt: skip


def _narrow() -> None:
    """As little memory and time as it needs and no core left behind, where the system can hold a program to it."""
    try:
        import resource  # noqa: PLC0415  (Windows has none)
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        resource.setrlimit(what, (most, most))


def _library(path: str) -> dict[str, Callable[..., Any]]:
    loaded = ctypes.CDLL(path)
    calls: dict[str, Callable[..., Any]] = {}
    for name, (result, *given) in _CALLS.items():
        call = loaded[name]
        call.restype, call.argtypes = result, given
        calls[name] = call
    return calls


class _Page:
    """One page: its runs of glyphs and its rules."""

    def __init__(self, calls: dict[str, Callable[..., Any]], page: int, form: int | None) -> None:
        self.calls, self.page, self.form = calls, page, form
        self.runs: list[tuple[int, Run]] = []
        self.unseen = 0
        box = _Box()
        calls["FPDF_GetPageBoundingBox"](page, byref(box))
        self.edges = (box.left, box.bottom, box.right, box.top)

    def told(self) -> dict[str, Any]:
        """What is printed of the page."""
        text = self.calls["FPDFText_LoadPage"](self.page)
        if text:
            self._glyphs(text)
            self.calls["FPDFText_ClosePage"](text)
        if self.form:
            self._fields(self.form)
        turns = Counter[int]()
        for turn, run in self.runs:
            turns[turn] += len(run[0])
        turn = turns.most_common(1)[0][0] if turns else 0
        rules, picture = self._drawn()
        return {
            "page": _turned_rule(self.edges, turn),
            "runs": [run for turned, run in self.runs if turned == turn],
            "rules": [_turned_rule(rule, turn) for rule in rules],
            "picture": int(picture),
            "unseen": int(2 * self.unseen > sum(turns.values())),
        }

    # --- glyphs -------------------------------------------------------------------------------------------------------

    def _glyphs(self, text: int) -> None:
        of, box, x, y = self.calls, _Box(), c_double(), c_double()
        unicode, thing = of["FPDFText_GetUnicode"], of["FPDFText_GetTextObject"]
        origin, loose = of["FPDFText_GetCharOrigin"], of["FPDFText_GetLooseCharBox"]
        before, turn, size, unseen = None, None, 0.0, False
        said: list[str] = []
        x0 = x1 = begun = edge = line = 0.0
        blanks: list[str] = []
        opened: tuple[int | None, float] = (None, 0.0)

        def close() -> None:
            if said and opened[0] is not None:
                self.runs.append((opened[0], ("".join(said), _short(x0), _short(line), _short(x1), _short(opened[1]))))
            said.clear()
            blanks.clear()

        for i in range(of["FPDFText_CountChars"](text)):
            code = unicode(text, i)
            if code in (13, 10, 32) and of["FPDFText_IsGenerated"](text, i):
                continue
            if (owner := thing(text, i)) != before:
                before = owner
                turn, size = self._stance(text, i)
                unseen = bool(owner) and of["FPDFTextObj_GetTextRenderMode"](owner) == _UNSEEN
            if turn is None or not origin(text, i, byref(x), byref(y)) or not loose(text, i, byref(box)):
                continue
            if not self._inside(x.value, y.value):
                continue
            start, at = _turned(x.value, y.value, turn)
            far = max(_turned(box.right, box.top, turn)[0], _turned(box.left, box.bottom, turn)[0])
            gap = _GAP if code >= _WIDE else _LATIN_GAP
            going_on = said and opened == (turn, size) and abs(at - line) <= 0.1 * size
            if said and not (going_on and (start == begun or -0.5 * size < start - edge < gap * size)):
                close()
            begun = start  # a glyph of several characters gives each of them its own place
            edge = far
            if code in _BLANKS:  # said once something stands behind it
                if said:
                    blanks.append(chr(code))
                continue
            if not said:
                x0, line, opened = start, at, (turn, size)
                if len(self.runs) > _MOST_RUNS:
                    raise _TooMuchError
            said += [*blanks, self._character(text, i, code)]
            blanks.clear()
            x1 = far
            self.unseen += unseen
        close()

    def _character(self, text: int, i: int, code: int) -> str:
        """The character; the code itself where the file tells none, which is a guess that holds for Latin letters."""
        if code < 0x20 and code != _HYPHEN:
            return _UNKNOWN
        if code > _LATIN_END and self.calls["FPDFText_HasUnicodeMapError"](text, i) == 1:
            return _UNKNOWN
        return chr(code) if code <= sys.maxunicode else _UNKNOWN

    def _stance(self, text: int, i: int) -> tuple[int | None, float]:
        """How often the glyph is turned by a right angle, None at a slant, and its size in points."""
        matrix = _Matrix()
        if not self.calls["FPDFText_GetMatrix"](text, i, byref(matrix)):
            return None, 0.0
        size = self.calls["FPDFText_GetFontSize"](text, i) * math.hypot(matrix.c, matrix.d)
        if not 0.5 < size < 2000:
            return None, 0.0
        turns = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        turn = round(turns)
        return (turn % 4 if abs(turns - turn) * math.pi / 2 < _SLANT else None), _short(size)

    def _inside(self, x: float, y: float) -> bool:
        left, bottom, right, top = self.edges
        return right <= left or (left - 3 <= x <= right + 3 and bottom - 3 <= y <= top + 3)

    # --- what was filled in -------------------------------------------------------------------------------------------

    def _fields(self, form: int) -> None:
        """The fields of a form, as runs where they stand."""
        of, box = self.calls, _Box()
        for i in range(min(of["FPDFPage_GetAnnotCount"](self.page), _MOST_FIELDS)):
            field = of["FPDFPage_GetAnnot"](self.page, i)
            if not field:
                continue
            seen = of["FPDFAnnot_GetSubtype"](field) == _WIDGET and not of["FPDFAnnot_GetFlags"](field) & _HIDDEN
            if seen and of["FPDFAnnot_GetRect"](field, byref(box)):
                self._filled(self._value(form, field), box)
            of["FPDFPage_CloseAnnot"](field)

    def _value(self, form: int, field: int) -> str:
        """What somebody wrote, chose or ticked."""
        kind = self.calls["FPDFAnnot_GetFormFieldType"](form, field)
        if kind in _TICKED:
            return "☑" if self._told("FPDFAnnot_GetStringValue", field, b"AS") not in ("", "Off") else ""
        return self._told("FPDFAnnot_GetFormFieldValue", form, field) if kind in _WRITTEN else ""

    def _told(self, call: str, *given: Any) -> str:
        """The words that a call writes into room given to it."""
        long = self.calls[call](*given, None, 0)
        if not 2 < long <= _MOST_BYTES:
            return ""
        room = ctypes.create_string_buffer(long)
        self.calls[call](*given, room, long)
        return room.raw[:long].decode("utf-16-le", "replace").split("\0")[0]

    def _filled(self, value: str, box: _Box) -> None:
        """A run for each line, from the top of the field down; a single one stands in its middle."""
        lines = value.splitlines()[:_MOST_LINES]
        height = abs(box.top - box.bottom) / max(len(lines), 1)
        size = min(_FIELD_SIZE, max(height * 0.75, 1.0))
        upper, left, right = max(box.top, box.bottom), min(box.left, box.right), max(box.left, box.right)
        for number, line in enumerate(lines):
            y = upper - (number + 0.5) * height - 0.3 * size
            if line.strip() and self._inside(left, y):
                at = line.strip(), _short(left), _short(y), _short(min(right, left + len(line) * size)), _short(size)
                self.runs.append((0, at))

    # --- lines drawn --------------------------------------------------------------------------------------------------

    def _drawn(self) -> tuple[list[Rule], bool]:
        """The rules across and down the page, and whether it has a picture."""
        of, rules, picture, left = self.calls, list[Rule](), False, _MOST_POINTS
        for i in range(min(of["FPDFPage_CountObjects"](self.page), _MOST_OBJECTS)):
            drawn = of["FPDFPage_GetObject"](self.page, i)
            kind = of["FPDFPageObj_GetType"](drawn)
            picture |= kind == _IMAGE
            if kind == _PATH and (count := of["FPDFPath_CountSegments"](drawn)) <= left:
                left -= count
                rules += [rule for points in self._strokes(drawn, count) for rule in _rules(points)]
        return rules, picture

    def _strokes(self, path: int, count: int) -> Iterator[list[tuple[float, float]]]:
        """The polygons of a path; one with a curve is none."""
        of, m, x, y = self.calls, _Matrix(), c_float(), c_float()
        of["FPDFPageObj_GetMatrix"](path, byref(m))
        points: list[tuple[float, float]] = []
        curved = False
        for i in range(count):
            segment = of["FPDFPath_GetPathSegment"](path, i)
            kind = of["FPDFPathSegment_GetType"](segment)
            if kind == _MOVE and points:
                if not curved:
                    yield points
                points, curved = [], False
            curved |= kind == _CURVE
            of["FPDFPathSegment_GetPoint"](segment, byref(x), byref(y))
            points.append((m.a * x.value + m.c * y.value + m.e, m.b * x.value + m.d * y.value + m.f))
            if of["FPDFPathSegment_GetClose"](segment):
                points.append(points[0])
        if points and not curved:
            yield points


class _TooMuchError(Exception):
    """More than a page of any paper holds."""


def _short(number: float) -> float:
    return round(number, 2)


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """The point on the page turned back by so many right angles."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def _turned_rule(rule: Rule, turn: int) -> Rule:
    (x0, y0), (x1, y1) = _turned(*rule[:2], turn), _turned(*rule[2:], turn)
    return _short(min(x0, x1)), _short(min(y0, y1)), _short(max(x0, x1)), _short(max(y0, y1))


def _rules(points: list[tuple[float, float]]) -> Iterator[Rule]:
    """What of a polygon is a rule: the whole where it is thin, else its straight sides."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    whole = (min(xs), min(ys), max(xs), max(ys))
    if whole[2] - whole[0] <= _THIN or whole[3] - whole[1] <= _THIN:
        yield whole
        return
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ax - bx) <= 0.5 or abs(ay - by) <= 0.5:
            yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _say(told: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(told, separators=(",", ":")).encode("ascii") + b"\n")


def main(library: str, most_characters: int, most_pages: int) -> None:
    """Read the file on standard input and say what is in it."""
    _narrow()
    calls, data = _library(library), sys.stdin.buffer.read()
    calls["FPDF_InitLibrary"]()
    document = calls["FPDF_LoadMemDocument64"](data, len(data), None)
    if not document:
        return _say({"cannot": "locked" if calls["FPDF_GetLastError"]() in _LOCKED else "damaged"})
    pages = calls["FPDF_GetPageCount"](document)
    if not 0 < pages <= most_pages:
        return _say({"cannot": "pages" if pages > 0 else "damaged"})
    form, left = calls["FPDFDOC_InitFormFillEnvironment"](document, byref(_FormInfo(version=2))), most_characters
    for number in range(pages):
        page = calls["FPDF_LoadPage"](document, number)
        if not page:
            _say({"page": [0, 0, 0, 0], "runs": [], "rules": [], "picture": 0, "unseen": 0, "broken": 1})
            continue
        try:
            told = _Page(calls, page, form).told()
        except _TooMuchError:
            return _say({"cannot": "characters"})
        left -= sum(len(run[0]) for run in told["runs"])
        if left < 0:
            return _say({"cannot": "characters"})
        _say(told)
        calls["FPDF_ClosePage"](page)
    return _say({"end": pages})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
