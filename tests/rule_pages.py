"""`python -m tests.rule_pages`: write docs/rules from the rules themselves, a page a rule: article ↔ code ↔ test.

A page is put together from what already stands somewhere: desk/data/rules.toml (what pages quote), the rules of
`bihuan check` with their examples, the docstrings of the code, and the tests that use it. Nothing is written by hand.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

REPO = Path(__file__).resolve().parent.parent
FOLDER = REPO / "docs" / "rules"
_NAMED = 3  # tests told by name in each file; the file tells the rest
_SEVERITIES = {"block": "必须改", "warn": "请看一看", "info": "供参考"}
_HEAD = """# 规矩：出处、代码、测试

由 `make docs` 从规矩自己生成，不要手改；有测试守着它和代码一致。每条规矩一个编号，一页：出处和原话（或大意）、系统怎么办、
在哪一处代码、哪些测试守着。页面上的“为什么”引的是同一份。条号没有在正式文本上见过的，写明“条号待核”。
"""


@dataclass(frozen=True)
class Code:
    """One place of the code: its file below the repository, its name ("" for a whole module), and its docstring."""

    path: str
    name: str
    docstring: str
    thing: Any


# --- the code --------------------------------------------------------------------------------------------------------
def code_at(place: str) -> Code:
    """The code at `module:name`, or at a whole `module`."""
    module_name, _, name = place.partition(":")
    module = importlib.import_module(module_name)
    thing: Any = getattr(module, name) if name else module
    home = module if not callable(thing) else importlib.import_module(getattr(thing, "__module__", module_name))
    told = thing.__doc__ if callable(thing) or isinstance(thing, ModuleType) else ""
    return Code(_path_of(home), name, _plain(told or ""), thing)


def _path_of(module: ModuleType) -> str:
    assert module.__file__
    return Path(module.__file__).resolve().relative_to(REPO).as_posix()


def _plain(docstring: str) -> str:
    return re.sub(r"\s*\n\s*", " ", docstring.strip())


# --- the tests -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Seen:
    """One test: its file, its name, what of the product it uses (itself or by helpers of its file), and its words."""

    path: str
    name: str
    uses: frozenset[int]
    words: frozenset[str]


@cache
def tests() -> tuple[Seen, ...]:
    """Every test of the repository with what it uses."""
    files = [path for path in sorted((REPO / "tests").rglob("test_*.py")) if path.parent.name != "house"]
    return tuple(seen for path in files for seen in _tests_of(path))


def _tests_of(path: Path) -> Iterator[Seen]:
    tree = ast.parse(path.read_text("utf-8"))
    names = _imported(tree)
    parts = {node.name: _Part(node, names) for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for name, part in parts.items():
        if name.startswith("test_"):
            whole = [part, *(parts[helper] for helper in _reached(name, parts))]
            uses = frozenset(thing for one in whole for thing in one.uses)
            yield Seen(path.relative_to(REPO).as_posix(), name, uses, frozenset(part.words))


class _Part:
    """What one function of a test file names."""

    def __init__(self, node: ast.AST, imported: dict[str, object]) -> None:
        self.names, self.words, self.uses = set[str](), set[str](), set[int]()
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                self.words.add(inner.value)
            if isinstance(inner, ast.arg):
                self.names.add(inner.arg)  # a fixture of the same file
            if isinstance(inner, ast.Name | ast.Attribute) and (dotted := _dotted(inner)):
                self.names.add(dotted.split(".")[0])
                self.uses.add(id(_resolved(dotted, imported)))


def _reached(name: str, parts: dict[str, _Part]) -> set[str]:
    """The helpers of the same file that a function comes to."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = (parts[waiting.pop()].names & parts.keys()) - found - {name}
        found |= new
        waiting += new
    return found


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def _resolved(dotted: str, imported: dict[str, object]) -> object:
    first, *rest = dotted.split(".")
    thing = imported.get(first)
    for name in rest:
        thing = getattr(thing, name, None) if isinstance(thing, ModuleType) else None
    return thing


def _imported(tree: ast.Module) -> dict[str, object]:
    """The names of the product that a test file imports at its top, with what they are."""
    found: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"bihuan", "bihuan_text"}:
            module = importlib.import_module(node.module or "")
            for alias in node.names:
                found[alias.asname or alias.name] = _part(module, alias.name)
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in {"bihuan", "bihuan_text"}:
                    importlib.import_module(alias.name)
                    found[alias.name.split(".")[0]] = importlib.import_module(alias.name.split(".")[0])
    return found


def _part(module: ModuleType, name: str) -> object:
    if hasattr(module, name):
        return getattr(module, name)
    try:
        return importlib.import_module(f"{module.__name__}.{name}")
    except ModuleNotFoundError:
        return None


def tests_of(rule: str, codes: Iterable[Code], *told: str) -> dict[str, list[str]]:
    """The tests that use the code of a rule, or name the rule itself, and those told of: file → names."""
    things = {id(code.thing) for code in codes if code.name}
    named = re.compile(rf"{rule}(?!\d)")
    found: dict[str, list[str]] = {}
    for path, _, name in (place.partition("::") for place in told):
        found.setdefault(path, []).append(name)
    for test in tests():
        if test.name in found.get(test.path, ()):
            continue
        by_name = f"_{rule.lower()}_" in test.name
        if by_name or test.uses & things or any(named.match(word) for word in test.words):
            found.setdefault(test.path, []).append(test.name)
    return found


# --- the pages -------------------------------------------------------------------------------------------------------
def pages() -> dict[str, str]:
    """Every page of docs/rules: file name → text. README.md is the index."""
    from bihuan.desk import rulebook
    from bihuan_text.checks import all_rules

    held, checks = rulebook.articles(), {rule.code: rule for rule in all_rules()}
    written = {f"{code}.md": _page(code, held.get(code), checks.get(code)) for code in _sorted({*held, *checks})}
    return {"README.md": _index(held, checks), **written}


def _sorted(codes: Iterable[str]) -> list[str]:
    """R1, R2, … before the others, by number."""
    return sorted(codes, key=lambda code: (code[0] != "R", code[0], int(re.sub(r"\D", "", code) or 0), code))


def _index(held: dict[str, Any], checks: dict[str, Any]) -> str:
    lines = [
        _HEAD,
        "## 会议、名册、台账、报告、系统\n",
        "| 编号 | 规矩 | 出处 | 系统怎么办 |\n| --- | --- | --- | --- |",
    ]
    lines += [f"| [{c}]({c}.md) | {a.title} | {a.where} | {a.does} |" for c, a in _by_code(held)]
    lines += ["\n## 一份材料（`bihuan check`）\n", "| 编号 | 查什么 | 出处 | 轻重 |\n| --- | --- | --- | --- |"]
    lines += [f"| [{c}]({c}.md) | {r.title} | {r.source} | {_SEVERITIES[r.severity]} |" for c, r in _by_code(checks)]
    return "\n".join(lines) + "\n"


def _by_code(found: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(code, found[code]) for code in _sorted(found)]


def _page(code: str, article: Any, check: Any) -> str:
    lines = [f"# {code} {article.title if article else check.title}\n"]
    lines += _of_article(article) if article else []
    lines += _of_check(check) if check else []
    return "\n".join(lines).rstrip() + "\n"


def _of_article(article: Any) -> list[str]:
    from bihuan.desk import rulebook

    said = f"原话：“{article.quote}”" if article.quote else f"大意（不是原文）：{article.sense}"
    codes = [code_at(place) for place in article.code]
    quoting = sorted(name for name, rules in rulebook.pages().items() if article.id in rules)
    return [
        f"- 出处：{article.where}。{article.whose}。", f"- {said}", f"- 系统怎么办：{article.does}", *_code(codes),
        *_tests(tests_of(article.id, codes, *article.tests)),
        *(["", "## 哪些页面的“为什么”引它\n", "、".join(f"`{name}`" for name in quoting)] if quoting else []), "",
    ]  # fmt: skip


def _of_check(rule: Any) -> list[str]:
    """What, why, source, a wrong and a right example, as far as the rule tells them."""
    code = Code(_path_of(importlib.import_module(rule.check.__module__)), rule.check.__name__,
                _plain(rule.check.__doc__ or ""), rule.check)  # fmt: skip
    told = [("为什么", rule.why), ("错的例子", rule.wrong), ("对的例子", rule.right)]
    return [
        "## 查一份材料（`bihuan check`）\n", f"- 查什么：{rule.what or rule.title}", f"- 出处：{rule.source}",
        f"- 轻重：{_SEVERITIES[rule.severity]}", *(f"- {name}：{text}" for name, text in told if text), *_code([code]),
        *_tests(tests_of(rule.code, [code])), "",
    ]  # fmt: skip


def _code(codes: list[Code]) -> list[str]:
    lines = ["", "## 代码\n"]
    for code in codes:
        lines.append(f"- `{code.path}`{f' `{code.name}`' if code.name else ''}")
        lines += [f"  > {code.docstring}"] if code.docstring else []
    return lines


def _tests(found: dict[str, list[str]]) -> list[str]:
    lines = ["", "## 测试\n"]
    if not found:
        lines.append("还没有指名查它的测试。")
    for path, names in sorted(found.items()):
        more = f" 等{len(names)}个" if len(names) > _NAMED else ""
        lines.append(f"- `{path}`：{'、'.join(f'`{name}`' for name in names[:_NAMED])}{more}")
    return lines


def main() -> int:
    """Write the folder; a page whose rule is gone goes too."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
    import django

    django.setup()
    written = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in written:
            old.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
