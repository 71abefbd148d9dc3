"""Laws about what is committed."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.folders import REPO, environment, run_python

DEPENDENCIES = REPO / "docs/decisions/dependencies.md"


def git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=REPO, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        pytest.skip("this is no git checkout")
    return done.stdout.splitlines()


# Written in two halves, so that this file does not find itself.
FORBIDDEN = [
    "pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(org|com)", "registry" + r"\.yarnpkg",
    r"deb\." + r"debian\.org", r"mirrors?" + r"\.[a-z]+\.(com|cn|edu)", r"jsdelivr" + r"\.net", "unpkg" + r"\.com",
    r"index" + r"-url", r"find" + r"-links", r"(^|[\"' =(])/wo" + r"rk/", r"(^|[\"' =(])/ro" + r"ot/",
]  # fmt: skip
MAY_NAME = {"scripts/lock": "the options that keep addresses out of the lock"}


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_committed_file_names_a_registry_or_a_path_of_this_machine(pattern: str) -> None:
    hits = git("grep", "-nIE", pattern, "--", ".", ":!*.min.js", ":!src/bihuan_text/gbt9704/fonts/*")
    assert [hit[:160] for hit in hits if hit.split(":")[0] not in MAY_NAME] == []


def project() -> dict[str, object]:
    return tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]


def name_of(requirement: str) -> str:
    return re.split(r"[~<>=!\[; ]", requirement)[0].lower().replace("_", "-")


def direct(*extras: str) -> set[str]:
    found = project()
    wanted = list(found["dependencies"])  # type: ignore[call-overload]
    for extra in extras:
        wanted += found["optional-dependencies"][extra]  # type: ignore[index]
    return {name_of(requirement) for requirement in wanted}


@pytest.mark.parametrize(("lock", "extras"), [("run.txt", ["postgres"]), ("dev.txt", ["postgres", "dev"])])
def test_the_lock_holds_every_direct_dependency_by_hash_and_no_address(lock: str, extras: list[str]) -> None:
    text = (REPO / "requirements" / lock).read_text("utf-8")
    locked = {name_of(line) for line in text.splitlines() if re.match(r"[a-zA-Z0-9]", line)}
    assert direct(*extras) - locked == set(), "run `make lock`"
    assert "://" not in text
    pinned = [line for line in text.splitlines() if re.match(r"[a-zA-Z0-9]", line)]
    assert [line for line in pinned if "==" not in line] == []
    assert text.count("--hash=sha256:") >= len(pinned)


def test_each_direct_dependency_has_its_line_in_the_decisions() -> None:
    told = set(re.findall(r"^\| ([a-z][a-z0-9-]+) \| (?!why)", DEPENDENCIES.read_text("utf-8"), re.MULTILINE))
    assert direct("postgres", "dev") - told == set()
    assert told - direct("postgres", "dev") - {"uv", "hatchling", "editables", "htmx"} == set()


def test_no_source_file_is_too_long() -> None:
    """Above 400 lines: ask which second noun is in the file."""
    long = {}
    for path in (REPO / "src").rglob("*.py"):
        count = len(path.read_text("utf-8").splitlines())
        if count > 400 and "migrations" not in path.parts:
            long[path.relative_to(REPO).as_posix()] = count
    assert long == {}


def test_floors_and_shelves_hold() -> None:
    script = Path(__import__("sys").executable).with_name("lint-imports")
    if not script.is_file():
        pytest.fail("import-linter is not installed: run `make test`")
    done = subprocess.run(
        [script, "--no-cache"], cwd=REPO, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_toolkit_imports_without_django_and_without_the_product() -> None:
    done = run_python(
        """
        import importlib, pkgutil, sys
        for name in ("django", "bihuan"):
            sys.modules[name] = None
        import bihuan_text
        walked = [m.name for m in pkgutil.walk_packages(bihuan_text.__path__, "bihuan_text.") if "__main__" not in m.name]
        for name in walked:
            importlib.import_module(name)
        print(len(walked))
        """
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 10


def test_no_module_is_named_for_nothing() -> None:
    vague = {"utils.py", "helpers.py", "misc.py", "common.py", "signals.py"}
    assert [p for p in (REPO / "src").rglob("*.py") if p.name in vague] == []
