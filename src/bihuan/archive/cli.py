"""The commands that keep: export, import, backup, restore, verify-audit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bihuan.commandline import FINDINGS, FINE, Arguments, BadUse, complain, say
from bihuan.starting import default_folder, make_folder, need_local, settle, settle_existing

# Rooms are imported inside the functions: they need Django, and Django needs to know the data folder first.


def export_command(argv: list[str]) -> int:
    """`bihuan export --branch NAME -o DIR`"""
    parser = Arguments(
        "bihuan export", "导出一个支部的全部记录、文件和审计记录。", "bihuan export --branch 第一支部 -o 导出"
    )
    parser.add_argument("--branch", metavar="支部", required=True, help="支部的全称")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="文件夹", required=True, help="写到哪里，要是一个新的文件夹"
    )
    asked = _with_data(parser).parse_args(argv)
    settle_existing(asked.data)
    return _refusals_are_sentences(lambda: _export(asked.branch, asked.output))


def _export(name: str, target: Path) -> int:
    from bihuan.archive import actions, exporting, queries  # noqa: PLC0415
    from bihuan.core import clock  # noqa: PLC0415

    found = queries.branches_named(name)
    if len(found) != 1:
        known = "、".join(queries.branch_names()) or "还没有支部"
        raise BadUse(f"{'没有' if not found else '有不止一个'}叫“{name}”的党组织；现有：{known}。")
    at = clock.now()
    actions.note_export(found[0], at=at)
    manifest = exporting.export(found[0], target, at=at, tell=complain)
    rows = sum(file["rows"] for file in manifest["files"])
    say(f"导出了{found[0].name}的{rows}条记录、{len(manifest['papers'])}份文件，在“{target}”。")
    return FINE


def import_command(argv: list[str]) -> int:
    """`bihuan import DIR [--data DIR]`"""
    parser = Arguments("bihuan import", "把导出的支部收进一个空的系统。", "bihuan import 导出 --data 新文件夹")
    parser.add_argument("folder", type=Path, metavar="文件夹", help="bihuan export 写出的文件夹")
    asked = _with_data(parser).parse_args(argv)
    make_folder(asked.data)
    settle(asked.data)
    return _refusals_are_sentences(lambda: _import(asked.folder, asked.data))


def _import(folder: Path, data: Path) -> int:
    from uuid import UUID  # noqa: PLC0415

    from bihuan.archive import actions  # noqa: PLC0415
    from bihuan.core import clock  # noqa: PLC0415
    from bihuan.core.installing import bring_up_to_date  # noqa: PLC0415

    actions.read_manifest(folder)  # before anything is made
    bring_up_to_date()
    manifest = actions.import_branch(folder, at=clock.now())
    rows = sum(file["rows"] for file in manifest["files"])
    say(f"收进了{manifest['branch']['name']}的{rows}条记录、{len(manifest['papers'])}份文件，审计记录已核对。")
    way_in = actions.give_way_in(UUID(manifest["branch"]["id"]), at=clock.now())
    if way_in:
        name, login, password = way_in
        say(
            f"书记{name}的登录名：{login}",
            f"一次性密码：{password}",
            "（只显示这一次，登录以后要换；其他人的密码由书记重发。）",
        )
    else:
        say("这个支部现在没有书记的席位，没有发密码；请先在原来的系统里定下书记，再导出一次。")
    say(f"打开系统：bihuan serve --data {data}")
    return FINE


def backup_command(argv: list[str]) -> int:
    """`bihuan backup [-o DIR] [--folder]`"""
    parser = Arguments(
        "bihuan backup", "备份整个系统，正在用也可以做；写完会读一遍核对。", "bihuan backup -o 备份文件夹"
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="文件夹", default=Path(), help="写到哪里；不写就是当前文件夹"
    )
    parser.add_argument("--folder", action="store_true", help="写成一个文件夹，不压成 zip")
    asked = _with_data(parser).parse_args(argv)
    settle_existing(asked.data)
    return _refusals_are_sentences(lambda: _backup(asked.output, zipped=not asked.folder))


def _backup(output: Path, *, zipped: bool) -> int:
    from bihuan.archive import actions  # noqa: PLC0415
    from bihuan.core import clock  # noqa: PLC0415

    complain("正在备份……")
    made = actions.back_up(output, by=None, at=clock.now(), zipped=zipped)
    say(
        f"备份好了，已读一遍核对：{made.path}",
        f"共{made.files}份文件，{made.size}字节，审计末端摘要 {made.heads_digest}",
    )
    return FINE


def restore_command(argv: list[str]) -> int:
    """`bihuan restore FILE --data DIR [--yes-overwrite]`"""
    parser = Arguments("bihuan restore", "从备份恢复到一个数据文件夹。", "bihuan restore 备份.zip --data 新文件夹")
    parser.add_argument("backup", type=Path, metavar="备份", help="bihuan backup 写出的 zip 或文件夹")
    parser.add_argument("--yes-overwrite", action="store_true", help="换掉已经有的数据（原来的挪到旁边）")
    asked = _with_data(parser).parse_args(argv)
    if not asked.backup.exists():
        raise BadUse(f"没有“{asked.backup}”这份备份；请看路径对不对。")
    need_local(asked.data)
    settle(asked.data)
    return _refusals_are_sentences(lambda: _restore(asked.backup, asked.data, overwrite=asked.yes_overwrite))


def _restore(backup: Path, data: Path, *, overwrite: bool) -> int:
    from bihuan.archive import restoring  # noqa: PLC0415
    from bihuan.core import audit, clock  # noqa: PLC0415

    complain("正在核对备份……")
    done = restoring.restore(backup, data, overwrite=overwrite, at=clock.now())
    if done.moved_to:
        say(f"原来的数据挪到了“{done.moved_to}”。")
    read, breaks = audit.verify()
    say(f"恢复好了：“{data}”，是{done.manifest['made_at'][:16]}的备份，审计记录{read}条。")
    for found in breaks:
        complain(found.what)
    say(f"打开系统：bihuan serve --data {data}")
    return FINDINGS if breaks else FINE


def verify_audit_command(argv: list[str]) -> int:
    """`bihuan verify-audit [--against BACKUP] [--data DIR]`"""
    parser = Arguments(
        "bihuan verify-audit", "逐条核对审计记录：改过、删过、调换过、截短过都会指出来。", "bihuan verify-audit"
    )
    parser.add_argument(
        "--against", type=Path, metavar="备份", help="再和一份备份里的末端摘要对：整条链重写或拿走了，只有这样看得出来"
    )
    asked = _with_data(parser).parse_args(argv)
    settle_existing(asked.data)
    return _refusals_are_sentences(lambda: _verify_audit(asked.against))


def _verify_audit(against: Path | None) -> int:
    from bihuan.archive import backing, exporting, queries  # noqa: PLC0415
    from bihuan.core import audit  # noqa: PLC0415
    from bihuan.core.models import ChainHead  # noqa: PLC0415

    read, breaks = audit.verify()
    if against:
        breaks += audit.compare(backing.verify(against)["heads"])
    names = queries.chain_names()
    for found in breaks:
        say(f"{names.get(found.org, '系统自身')}：{found.what}")
    ends = exporting.heads(ChainHead.objects.all())
    for head in ends:
        say(f"{names.get(head['org'], '系统自身')}：{head['seq']}条，末端摘要 {head['digest']}")
    say(
        f"共核对{read}条，{f'有{len(breaks)}处对不上' if breaks else '都对得上'}。全部末端的摘要：{backing.digest_of_heads(ends)}"
    )
    return FINDINGS if breaks else FINE


def _with_data(parser: Arguments) -> Arguments:
    parser.add_argument(
        "--data", type=Path, metavar="文件夹", default=default_folder(), help="数据文件夹；不写就是当前文件夹下的 data"
    )
    return parser


def _refusals_are_sentences(work: Callable[[], int]) -> int:
    from bihuan.core.access import Refused  # noqa: PLC0415

    try:
        return work()
    except Refused as refusal:
        raise BadUse(refusal.reasons[0]) from refusal
