"""The documented shape of an export, written from the models themselves: `python -m bihuan.archive.schema`."""

from __future__ import annotations

import os
from pathlib import Path

DOCUMENT = Path("docs") / "export-schema.md"

_HEAD = """# 导出的格式

由 `python -m bihuan.archive.schema` 从模型生成，不要手改；有测试守着它和模型一致。

`bihuan export --branch 支部全称 -o 文件夹` 写出：

- `manifest.json`：`format`（`{format}`）、`version`（{version}）、`made_at`、`branch`（`id`、`name`）、`installation`、
  `migrations`（每个房间走到哪一步）、`files`（每个文件的 `file`、`rows`、`sha256`）、`papers`（每份文件的 `sha256`、`size`）、
  `heads`（审计链的末端：`installation`、`org`、`seq`、`digest`）、
  `borrowed`（不是这个支部的、但被它的记录指着的行，如上级党组织：模型 → 主键）；
- 每种记录一个 `.jsonl`，一行一条，UTF-8，键是列名。日期是 `2026-03-09`，时间是带时区的 ISO 8601，主键是 UUID；
- `papers/`：文件的内容，文件名就是它的 SHA-256。

账号不带密码、最后登录时间、输错次数和锁；导入以后都要重发密码。
审计记录（`core.entry.jsonl`）原样带走：`digest` = SM3(`prev` + 换行 + `line`)，`line` 是规范写法的 JSON。
字段只会增加，不会改名或减少；`version` 变了才会。
"""


def text() -> str:
    """The whole document."""
    from django.db import models  # noqa: PLC0415  Django is set up by the caller

    from bihuan.archive import portable  # noqa: PLC0415
    from bihuan.core.models import Record  # noqa: PLC0415

    parts = [_HEAD.format(format=portable.FORMAT, version=portable.VERSION)]
    for model in portable.travelling():
        parts.append(f"\n## {portable.file_name(model)}：{model._meta.verbose_name}\n")
        if issubclass(model, Record):
            parts.append(f"属于哪个党组织：沿着 `{model.ORG_PATH}`。\n")
        parts.append("| 键 | 意思 | 值 | 可空 |\n| --- | --- | --- | --- |")
        for field in portable.fields(model):
            name = str(field.verbose_name)
            meaning = name if any(c >= "\u4e00" for c in name) else ""
            target = field.related_model
            kind = (
                f"→ {target._meta.label_lower}"
                if isinstance(target, type) and issubclass(target, models.Model)
                else field.get_internal_type().removesuffix("Field")
            )
            choices = "、".join(str(value) for value, _ in field.flatchoices)
            parts.append(
                f"| {field.attname} | {meaning} | {kind}{f'：{choices}' if choices else ''} | {'是' if field.null else ''} |"
            )
    return "\n".join(parts) + "\n"


def write(root: Path = Path()) -> Path:
    """Write the document below `root`; returns where."""
    path = root / DOCUMENT
    path.write_text(text(), "utf-8", newline="\n")
    return path


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
    import django

    django.setup()
    write()
