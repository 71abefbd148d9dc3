"""Styles, settings, fonts and footers of the .docx: everything that is the same in every paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bihuan_text.gbt9704 import page
from bihuan_text.gbt9704.ooxml import root, t, w
from bihuan_text.gbt9704.page import CHARACTER_PT, twips

if TYPE_CHECKING:
    from bihuan_text.gbt9704.flow import Kind

# The document names the faces of the standard: the reader's office has them (domain: PDF alone uses stand-ins).
FANGSONG: Final = "仿宋_GB2312"
KAITI: Final = "楷体_GB2312"
HEITI: Final = "黑体"
XIAOBIAOSONG: Final = "方正小标宋简体"
SONGTI: Final = "宋体"
LATIN: Final = "Times New Roman"

# Names that Word may take instead when the first is absent.
OTHER_NAMES: Final = {FANGSONG: "仿宋", KAITI: "楷体", HEITI: "SimHei", XIAOBIAOSONG: "华文中宋", SONGTI: "SimSun"}

PITCH: Final = twips(page.PITCH_PT)
BODY_FACE_STYLE: Final = "BodyFace"
TABLE_STYLES: Final = ("TableHead", "TableText")
NUMBER_STYLES: Final = {"default": "PageNumberOdd", "even": "PageNumberEven"}

STYLE_OF: Final[dict[Kind, str]] = {
    "mark": "RedMark",
    "number": "HeadNumber",
    "title": "Title",
    "recipient": "Recipient",
    "h1": "Heading1",
    "h2": "Heading2",
    "h3": "Heading3",
    "h4": "Heading4",
    "body": "BodyText",
    "annex-note": "AttachmentNote",
    "org": "SigningBody",
    "date": "SigningDate",
    "note": "PaperNote",
    "annex-mark": "AttachmentMark",
    "annex-title": "AttachmentTitle",
    "copies": "Copies",
    "issuer": "Issuer",
}


def styles() -> str:
    """`word/styles.xml`."""
    return root("styles", _defaults(), *_paragraph_styles(), _body_face(), *_number_styles(), _table_style())


def settings() -> str:
    """`word/settings.xml`: odd and even pages differ, punctuation is never squeezed so that 28 stay 28."""
    compat = ("compatibilityMode", "http://schemas.microsoft.com/office/word", "15")
    return root(
        "settings",
        w("zoom", percent=100),
        w("evenAndOddHeaders"),
        w("drawingGridVerticalSpacing", val=PITCH),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", w("compatSetting", name=compat[0], uri=compat[1], val=compat[2])),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def font_table() -> str:
    """`word/fontTable.xml`."""
    east = (
        w("font", w("altName", val=other), w("charset", val="86"), w("family", val="auto"), name=name)
        for name, other in OTHER_NAMES.items()
    )
    return root("fonts", *east, w("font", w("charset", val="00"), w("family", val="roman"), name=LATIN))


def footer(side: str) -> str:
    """The page number “— 1 —” of one side, `default` (odd) or `even`."""
    field = (
        w("r", w("fldChar", fldCharType="begin")),
        w("r", '<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
        w("r", w("fldChar", fldCharType="separate")),
        w("r", t("1" if side == "default" else "2")),
        w("r", w("fldChar", fldCharType="end")),
    )
    hint = w("rPr", w("rFonts", hint="eastAsia"))
    style = w("pPr", w("pStyle", val=NUMBER_STYLES[side]))
    return root("ftr", w("p", style, w("r", hint, t("— ")), *field, w("r", hint, t(" —"))))


def faces(east: str, size: float, *, tracking: bool = True, latin: str = LATIN) -> str:
    """Run properties: the Chinese face, Times for digits, size in points; not bold, the standard's weights are faces."""
    fonts = w("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin)
    spacing = w("spacing", val=twips(page.TRACKING_PT) if tracking else 0)
    half_points = round(size * 2)
    return fonts + w("b", val=0) + w("i", val=0) + spacing + w("sz", val=half_points) + w("szCs", val=half_points)


def _defaults() -> str:
    language = w("lang", val="zh-CN", eastAsia="zh-CN", bidi="ar-SA")
    run = w("rPrDefault", w("rPr", faces(FANGSONG, page.BODY_PT), language))
    return w("docDefaults", run, w("pPrDefault"))


def _grid_keepers() -> str:
    """Widow control, hanging marks and the gap between Chinese and digits would each break 22 lines × 28 characters.

    LibreOffice 7.4 keeps the gap all the same and so puts a few characters less on a line with digits.
    """
    return "".join(w(name, val=0) for name in ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN"))


def _paragraph_styles() -> tuple[str, ...]:
    one_line, two = {"before": PITCH}, _indent(first=2)
    after, centred = {"after": PITCH}, w("jc", val="center")
    plain, flush, right = _indent(), w("jc", val="left"), w("jc", val="right")
    # LibreOffice gives a 22 pt line two lines of the grid, although its height is exact.
    free = w("snapToGrid", val=0)
    small = faces(FANGSONG, page.IMPRINT_PT, tracking=False)
    big = faces(XIAOBIAOSONG, page.TITLE_PT, tracking=False)
    heads = ((1, HEITI), (2, KAITI), (3, FANGSONG), (4, FANGSONG))
    return (
        _style("Normal", "Normal", _grid_keepers() + _spacing() + plain + w("jc", val="both"), default=True),
        _style("Title", "Title", free + _spacing(**after) + plain + centred + w("outlineLvl", val=9), big),
        _style("RedMark", "发文机关标志", free + _spacing() + plain + centred, big + w("color", val=page.RED)),
        _style(
            "HeadNumber", "发文字号", _spacing(before=2 * PITCH - 60) + plain + flush
        ),  # the mark's line ends below its ink
        _style("Recipient", "主送机关", _spacing() + plain + flush),
        *(
            _style(
                f"Heading{n}", f"heading {n}", _spacing() + two + w("outlineLvl", val=n - 1), faces(face, 16), keep=True
            )
            for n, face in heads
        ),
        _style("BodyText", "Body Text", _spacing() + two),
        _style("AttachmentNote", "附件说明", _spacing() + plain + flush),
        _style("SigningBody", "署名", _spacing(**one_line) + plain + right, keep=True),
        _style("SigningDate", "成文日期", _spacing() + plain + right),
        _style("PaperNote", "附注", _spacing() + two),
        _style(
            "AttachmentMark",
            "附件标识",
            _spacing(**after) + plain + flush,
            faces(HEITI, page.BODY_PT, latin=HEITI),
            keep=True,
        ),
        _style("AttachmentTitle", "附件标题", free + _spacing(**after) + plain + centred, big, keep=True),
        _style("Copies", "抄送机关", _spacing() + plain + flush, small),
        _style("Issuer", "印发机关", _spacing() + plain + flush, small),
    )


def _style(
    identity: str, name: str, paragraph: str, run: str = "", *, default: bool = False, keep: bool = False
) -> str:
    attributes: dict[str, str | float] = {"type": "paragraph", "styleId": identity}
    if default:
        attributes["default"] = 1
    based = "" if default else w("basedOn", val="Normal")
    following = w("next", val="BodyText") if keep else ""
    stays = w("keepNext") if keep else ""
    properties = w("pPr", stays, paragraph) + w("rPr", run or faces(FANGSONG, page.BODY_PT))
    return w("style", w("name", val=name), based, following, w("qFormat"), properties, **attributes)


def _body_face() -> str:
    fonts = w("rPr", w("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=FANGSONG, cs=LATIN))
    return w("style", w("name", val="正文字体"), w("qFormat"), fonts, type="character", styleId=BODY_FACE_STYLE)


def _number_styles() -> tuple[str, ...]:
    # One character in from the edge on the outer side: right on odd pages, left on even ones (7.5).
    one = twips(page.PAGE_NUMBER_PT)
    exact = w("spacing", before=0, after=0, line=twips(16), lineRule="exact")
    size = round(page.PAGE_NUMBER_PT * 2)
    run = w("rFonts", ascii=SONGTI, hAnsi=SONGTI, eastAsia=SONGTI) + w("spacing", val=0) + w("sz", val=size)
    odd = w("snapToGrid", val=0) + exact + w("ind", right=one) + w("jc", val="right")
    even = w("snapToGrid", val=0) + exact + w("ind", left=one) + w("jc", val="left")
    return (
        _style("PageNumberOdd", "单页页码", odd, run),
        _style("PageNumberEven", "双页页码", even, run),
    )


def _table_style() -> str:
    exact = w("spacing", before=0, after=0, line=twips(page.TABLE_PITCH_PT), lineRule="exact")
    cell = w("snapToGrid", val=0) + exact + _indent()
    head = _style("TableHead", "表头", cell + w("jc", val="center"), faces(HEITI, page.TABLE_PT, tracking=False))
    text = _style("TableText", "表格正文", cell + w("jc", val="left"), faces(FANGSONG, page.TABLE_PT, tracking=False))
    return head + text


def _spacing(before: int = 0, after: int = 0) -> str:
    return w("spacing", before=before, after=after, line=PITCH, lineRule="exact")


def _indent(first: float = 0) -> str:
    # Characters for Word and WPS, which keep them when the size changes; twips for those that read only these.
    return w("ind", left=0, right=0, firstLineChars=round(first * 100), firstLine=twips(first * CHARACTER_PT))
