"""The control words of RTF that say something of the text; all others are formatting."""

from __future__ import annotations

SIGNS = {
    b"tab": "\t", b"line": "\n", b"lbr": "\n", b"emdash": "—", b"endash": "–", b"emspace": "\u2003", b"enspace": "\u2002",
    b"qmspace": "\u2005", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"~": "\u00a0", b"_": "-",
}  # fmt: skip

# Groups that are no text, with and without the star that says so.
SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict nonshppict header headerl headerr headerf footer footerl footerr footerf "
    b"ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn objdata objclass objname fldinst sp sn sv xe tc tcn rxe txe bkmkstart "
    b"bkmkend pntxta pntxtb pn nonesttables comment keywords filetbl mmathPict annotation atnid atnauthor template "
    b"listtable list listlevel listoverridetable listoverride shprslt revtbl rsidtbl generator nesttableprops".split()
)
# Groups whose star may be passed over: text stands in them all the same.
STARRED = frozenset(b"shpinst shptxt do dptxbxtext shpgrp fldrslt footnote cs".split())

BOXES = frozenset((b"shptxt", b"dptxbxtext"))
NUMBERS = frozenset((b"listtext", b"pntext"))
# Code pages by the character set of a typeface; 0 and 1 stand for the file's own.
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
PAGES = {936: "gb18030", 950: "big5", 10008: "gb18030", 54936: "gb18030", 65001: "utf-8", 10000: "mac_roman"}
SYMBOLS = "symbols"
