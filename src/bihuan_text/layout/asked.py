"""Every wish for a paragraph, in the order a reviewer goes through a page."""

from __future__ import annotations

from typing import Final

from . import wishes as w
from .wishes import Wish

_BODY: Final = frozenset({"body", "h3", "h4"})
_TITLE: Final = frozenset({"title"})
_AROUND: Final = frozenset({"recipient", "annex-note", "org", "date", "note"})
_TEXT: Final = frozenset({"body", "h1", "h2", "h3", "h4"})
_END: Final = frozenset({"org", "date"})
_MARK: Final = frozenset({"annex-mark"})
_H1: Final = frozenset({"h1"})
_H2: Final = frozenset({"h2"})
_SMALL: Final = frozenset({"copies", "issuer"})
_ALL: Final = _TEXT | _TITLE | _AROUND

WISHES: Final[tuple[Wish, ...]] = (
    Wish("L10", "第7.2.4条", "发文机关标志", frozenset({"mark"}), "红色小标宋体、居中", w.red_judge),
    Wish("R44", "第7.3.1条", "标题", _TITLE, "用二号（22磅）字", w.size_judge("title_pt"), w.size_mending("title_pt")),
    Wish("L1", "第7.3.1条", "标题", _TITLE, "用小标宋体", w.face_judge("小标宋"), w.face_mending("小标宋")),
    Wish("L1", "第7.3.1条", "标题", _TITLE, "居中排", w.centred_judge, w.centred_mending),
    Wish("L4", "第7.3.2条", "主送机关", frozenset({"recipient"}), "左边顶格", w.flush_judge, w.flush_mending),
    Wish("R44", "第5.2.2条", "正文", _BODY | _AROUND, "用仿宋体", w.face_judge("仿宋"), w.face_mending("仿宋")),
    Wish("R44", "第5.2.2条", "正文", _BODY, "只用仿宋体", w.mixed_faces, w.face_mending("仿宋", lead=False), grave=False),
    Wish("R44", "第5.2.2条", "正文", _TEXT | _AROUND, "用三号（16磅）字", w.size_judge("body_pt"), w.size_mending("body_pt")),
    Wish("R44", "第5.2.3条", "正文", _TEXT | _AROUND, "用固定行距28至29磅，一面22行", w.pitch_judge, w.pitch_mending),
    Wish("R44", "第5.2.3条", "正文", _TEXT, "用固定行距28至29磅，一面22行", w.office_pitch_judge, w.pitch_mending, grave=False),
    Wish("R44", "第5.2.3条", "正文", _TEXT | {"recipient"}, "段前段后都不空，一面22行", w.room_judge, w.room_mending),
    Wish("L2", "第7.3.3条", "一级标题", _H1, "用黑体", w.face_judge("黑体", lead=True),
         w.face_mending("黑体", lead=True)),
    Wish("L2", "第7.3.3条", "二级标题", _H2, "用楷体", w.face_judge("楷体", lead=True),
         w.face_mending("楷体", lead=True)),
    Wish("L2", "第7.3.3条", "标题后面接排的正文", frozenset({"h1", "h2"}), "用仿宋体",
         w.face_judge("仿宋", lead=False), w.face_mending("仿宋", lead=False)),
    Wish("L3", "第7.3.3条", "正文", _TEXT, "每段首行空两字", w.first_line_judge, w.first_line_mending),
    Wish("L5", "第7.3.4条", "附件说明", frozenset({"annex-note"}), "左空两字", w.note_indent_judge, w.first_line_mending),
    Wish("L5", "第7.3.7条", "附件", _MARK, "另起一页", w.turn_judge, w.turn_mending),
    Wish("L5", "第7.3.7条", "附件页上的“附件”二字", _MARK, "左边顶格", w.flush_judge, w.flush_mending),
    Wish("L5", "第7.3.7条", "附件页上的“附件”二字", _MARK, "用黑体", w.face_judge("黑体"), w.face_mending("黑体")),
    Wish("L5", "第7.3.7条", "附件页上的“附件”二字", _MARK, "用三号（16磅）字",
         w.size_judge("body_pt"), w.size_mending("body_pt")),
    Wish("L6", "第7.3.5条", "署名和成文日期", _END, "靠右排，右边空出规定的字数",
         w.right_judge, w.right_mending, grave=False),
    Wish("L7", "第7.4条", "版记", _SMALL, "用四号（14磅）字", w.size_judge("imprint_pt"),
         w.size_mending("imprint_pt"), grave=False),
    Wish("L8", "第5.2.2条", "数字和字母", _BODY, "用Times New Roman或仿宋体", w.latin_face, w.latin_mending, grave=False),
    Wish("L9", "第5.2条", "文字", _ALL, "一律用黑色", w.colour_judge, w.black_mending),
)  # fmt: skip
