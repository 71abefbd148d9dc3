"""Writes stand in actions, every action records or says why not, every verb has its sentence."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import bihuan.urls  # noqa: F401  loads every room, and so every verb
from bihuan.archive.sentences import NOTES
from bihuan.core.acting import VERBS
from tests.folders import REPO

ROOMS = REPO / "src" / "bihuan"
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "keep",
    "get_or_create",
    "update_or_create",
}
# Where the house itself writes, each with its reason.
ALLOWED = {
    "core/acting.py": "the frame uses up a form's key inside the action's own transaction",
    "core/middleware.py": "where a form led is written beside its key",
    "core/installing.py": "this installation's own row at first start",
    "core/audit.py": "the chain itself",
    "core/models.py": "Record.keep is what actions call",
    "core/scope.py": "the scoped queryset passes writes on",
    "core/vault.py": "a blob's row, inside the action that cites it",
    "org/signing.py": "counting wrong passwords happens before anybody has a seat",
}
# Receivers that are no records: files, dictionaries, forms, digests.
NO_RECORDS = {"vault", "hasher", "digest", "sha", "sm3", "seen", "context", "found", "counts", "hashlib", "styles"}
UNFRAMED = {
    "org.actions.founding.first_seat": "builds a seat and saves nothing",
    "org.actions.founding.found_branch": "calls the framed _found",
    "org.actions.accounts.first_account": "the first start: there is no seat yet; noted in the chain",
    "org.actions.posts.end_post": "a step of framed verbs, which record",
    "org.actions.passwords.one_time_password": "makes a password and saves nothing",
    "org.actions.seats.open_seat": "a step of framed verbs, which records",
    "org.actions.seats.reseat": "a step of framed verbs, which records",
    "review.actions.drop_old": "at every start, when there is no seat; what it drops is a draft and in no chain",
    "report.actions.writing.change_body": "a step of framed verbs, which records",
    "ledger.actions.locking.move": "a step of framed verbs, which record",
    "ledger.actions.locking.move_measure": "a step of framed verbs, which record",
    "archive.actions.import_branch": "an empty system has no seat yet; noted in the chain",
    "archive.actions.read_manifest": "reads",
    "archive.actions.give_way_in": "after an import nobody can sign in yet; noted in the chain",
    "archive.actions.note_export": "on the command line there is no seat; noted in the chain",
    "archive.actions.back_up": "must not hold a transaction while it copies; noted in the chain",
}


def modules() -> list[Path]:
    return [p for p in sorted(ROOMS.rglob("*.py")) if "migrations" not in p.parts]


def is_action_module(path: Path) -> bool:
    inside = path.relative_to(ROOMS)
    return inside.name == "actions.py" or "actions" in inside.parts


def framed(node: ast.AST) -> bool:
    """Whether this is a function that `@action` frames."""
    return isinstance(node, ast.FunctionDef) and any(ast.unparse(d).startswith("action(") for d in node.decorator_list)


def outside_actions(tree: ast.Module) -> ast.Module:
    """The module without its actions."""
    return ast.Module([node for node in tree.body if not framed(node)], [])


def writes_in(tree: ast.AST) -> list[str]:
    """Calls that look like an ORM write, as `receiver.method:line`."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            continue
        receiver = ast.unparse(node.func.value)
        orm = "objects" in receiver or node.func.attr in {"save", "bulk_create", "bulk_update", "get_or_create", "keep"}
        small = receiver.split(".")[0].split("(")[0] in NO_RECORDS
        if (orm or (node.func.attr in {"create", "delete", "update"} and not node.args)) and not small:
            found.append(f"{receiver}.{node.func.attr}:{node.lineno}")
    return found


def test_the_search_sees_what_it_should() -> None:
    code = "a.save()\nM.objects.filter(x=1).update(y=2)\nrow.delete()\nd.update({1: 2})\nvault.keep(b, name=n)\np.keep('x')"
    assert writes_in(ast.parse(code)) == [
        "a.save:1", "M.objects.filter(x=1).update:2", "row.delete:3", "p.keep:6"
    ]  # fmt: skip


def test_writes_stand_in_actions_only() -> None:
    wrong = {}
    for path in modules():
        name = path.relative_to(ROOMS).as_posix()
        if is_action_module(path) or name in ALLOWED or name.startswith("desk/demo"):
            continue  # the demo is built through actions; its clock and passwords are its own
        found = writes_in(outside_actions(ast.parse(path.read_text("utf-8"))))
        if found:
            wrong[name] = found
    assert wrong == {}


def test_each_exception_is_still_needed() -> None:
    gone = [name for name in ALLOWED if not writes_in(ast.parse((ROOMS / name).read_text("utf-8")))]
    assert gone == []


def test_every_public_function_that_writes_in_actions_is_an_action() -> None:
    bare = []
    for path in filter(is_action_module, modules()):
        name = ".".join(path.relative_to(ROOMS).with_suffix("").parts)
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if not framed(node) and writes_in(node) and f"{name}.{node.name}" not in UNFRAMED:
                bare.append(f"{name}.{node.name}")
    assert bare == []


def test_every_verb_has_a_chinese_sentence_and_a_name_of_its_room() -> None:
    assert len(VERBS) > 30
    for verb in VERBS.values():
        assert re.fullmatch(r"[a-z]+\.[a-z_]+\.[a-z_]+", verb.name), verb.name
        assert re.search(r"[\u4e00-\u9fff]{2}", verb.sentence), verb.name
        assert not verb.sentence.endswith(("。", "！", ".")), verb.name
        assert verb.name.split(".")[0] == verb.function.__module__.split(".")[1], verb.name
        assert verb.audited or len(verb.why_not) >= 8, f"{verb.name}: an exemption needs its reason"


def test_the_exempt_verbs_are_these() -> None:
    exempt = {name for name, verb in VERBS.items() if not verb.audited}
    assert {"core.look.set", "core.feedback.left"} <= exempt
    assert len(exempt) <= 8, exempt


def test_every_note_of_the_chain_has_its_sentence() -> None:
    noted = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"audit.note", "note"} and node.args:
                noted |= {c.value for c in ast.walk(node.args[0]) if isinstance(c, ast.Constant)}
    assert noted - set(NOTES) == set()
    assert "org.account.first" in noted
