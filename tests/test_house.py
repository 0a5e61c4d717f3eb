"""The floor plan, as tests. Each fails with the sentence that was broken."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gateway.phrasebook import PHRASEBOOK
from gateway.settings import SETTINGS
from menus.book import BOOK
from menus.check.words import texts_at
from menus.screens import Ask, Browse, Choose, Do, When, words_in

HOUSE = Path(__file__).parent.parent
STDLIB = set(sys.stdlib_module_names)
FILES = sorted(file for room in ("menus", "gateway", "workers") for file in (HOUSE / room).rglob("*.py"))


@cache
def used_by(file: Path) -> tuple[str, ...]:
    """Every module that a file imports, in full."""
    return tuple(_imports(ast.parse(file.read_text())))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room_of(file: Path) -> str:
    return file.relative_to(HOUSE).as_posix()


def who_uses(prefix: str) -> set[str]:
    return {room_of(file) for file in FILES if any(name == prefix or name.startswith(prefix + ".") for name in used_by(file))}


def test_menus_live_alone() -> None:
    for file in (HOUSE / "menus").rglob("*.py"):
        strangers = {name.split(".")[0] for name in used_by(file)} - STDLIB - {"menus"}

        assert not strangers, f"{room_of(file)} uses {strangers}; menus use the standard library only"


def test_models_are_standard_library_only() -> None:
    for file in (HOUSE / "gateway").rglob("model.py"):
        for name in used_by(file):
            own = name.startswith("gateway.") and ".model" in name

            assert own or name.split(".")[0] in STDLIB, f"{room_of(file)} uses {name}; a model uses the standard library only"


def test_flask_lives_in_channels_console_and_api() -> None:
    joined = {"gateway/__init__.py", "gateway/joined.py"}  # the one place where everything is joined
    for user in who_uses("flask") | who_uses("flask_wtf") | who_uses("wtforms"):
        assert user in joined or user.startswith(("gateway/channels/", "gateway/console/", "gateway/api/")), f"{user} uses Flask"


def test_sqlalchemy_lives_in_rows_tables_and_store() -> None:
    allowed = {"gateway/world.py"}  # a transaction begins there
    for user in who_uses("sqlalchemy"):
        assert user in allowed or user.endswith(("rows.py", "tables.py")) or user.startswith("gateway/store/"), f"{user} uses SQLAlchemy"


def test_rq_lives_in_workers() -> None:
    for user in who_uses("rq"):
        assert user.startswith("workers/"), f"{user} uses RQ"


def test_workers_use_the_gateway_and_never_the_other_way_round() -> None:
    for user in who_uses("workers"):
        assert user.startswith("workers/"), f"{user} uses workers"


ORDER = ("ledger", "records", "members", "money", "community")  # who stands to the right may use who stands to the left


@pytest.mark.parametrize("subject", ORDER)
def test_subjects_use_only_those_before_them(subject: str) -> None:
    later = ORDER[ORDER.index(subject) + 1 :]
    for file in (HOUSE / "gateway" / subject).rglob("*.py"):
        for name in used_by(file):
            assert not name.startswith(tuple(f"gateway.{one}" for one in later)), f"{room_of(file)} uses {name}"
    if subject in ("ledger", "records"):
        for file in (HOUSE / "gateway" / subject).rglob("*.py"):
            others = [name for name in used_by(file) if name.startswith("gateway.") and name.split(".")[1] in ORDER and name.split(".")[1] != subject]

            assert not others, f"{room_of(file)} uses {others}; {subject} uses nobody"


def test_a_provider_is_named_in_its_own_folder_only() -> None:
    hubtels = ("ClientState", "SessionId", "ServiceCode")
    for file in FILES:
        for word in hubtels if "channels/hubtel" not in room_of(file) else ():
            assert word not in file.read_text(), f"{room_of(file)} knows Hubtel's field {word}"
    theirs = ("sessionId", "serviceCode", "phoneNumber", "networkCode", "lastAppResponse", "SMSMessageData", "linkId")
    for file in FILES:
        if "channels/africastalking" in room_of(file):
            continue
        for word in theirs:
            assert word not in file.read_text(), f"{room_of(file)} knows Africa's Talking's field {word}"


def test_every_word_of_the_phrasebook_is_used() -> None:
    steps = [step for _, step in BOOK]
    said = {word for step in steps for text in texts_at(step) for word in words_in(text)}
    said |= {word for step in steps if isinstance(step, Do) for way in step.outcomes.values() if hasattr(way, "why") for word in words_in(way.why)}
    from menus.book.sms import SMS

    said |= {word for command in SMS for text in (command.hint, command.draft) for word in words_in(text)}
    flags = {way.fact for step in steps if isinstance(step, Choose | Ask) for way in step.options.values() if isinstance(way, When)}
    flags |= {BOOK.help.fact} if BOOK.help else set()
    lists = {step.rows for step in steps if isinstance(step, Browse | Ask)}
    verbs = {step.verb for step in steps if isinstance(step, Do)}

    assert set(PHRASEBOOK.facts) == {name for name in PHRASEBOOK.facts if name in said | flags | lists}
    assert set(PHRASEBOOK.verbs) == verbs


def test_every_setting_is_in_the_readme() -> None:
    readme = (HOUSE / "README.md").read_text()
    for setting in SETTINGS:
        assert f"`{setting.name}`" in readme, f"README.md does not tell of {setting.name}"


def test_no_setting_is_read_that_is_not_declared() -> None:
    declared = {setting.name for setting in SETTINGS}
    for file in FILES:
        for name in set(re.findall(r"PAMOJA_[A-Z_]+", file.read_text())):
            assert name in declared, f"{room_of(file)} reads {name}, which is not declared in settings.py"


def test_every_library_has_its_line() -> None:
    readme = (HOUSE / "gateway" / "README.md").read_text().lower()
    pyproject = (HOUSE / "pyproject.toml").read_text()
    named = re.findall(r'"([a-z0-9-]+)(?:\[[a-z]+\])?"', pyproject.split("dependencies = [")[1].split("]\n\n[project.optional")[0])
    for name in named:
        assert f"`{name}`" in readme, f"gateway/README.md does not say what {name} is for"


def test_the_top_level_is_as_ordered() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.fail("the suite runs in a git checkout")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    ordered = {"gateway", "menus", "workers", "tests", "wsgi.py", "pyproject.toml", "Procfile", "README.md"}
    beside = {"Makefile", "LICENSE", "CHANGELOG.md", "requirements.txt"}

    assert ordered <= top
    assert {name for name in top - ordered - beside if not name.startswith(".")} == set()


def test_every_module_opens_with_a_sentence() -> None:
    for file in FILES:
        said = ast.get_docstring(ast.parse(file.read_text()))

        assert said, f"{room_of(file)} does not say what it is"
        assert said.splitlines()[0].endswith("."), f"{room_of(file)} does not open with a sentence"


def test_functions_fit_a_screen_and_files_a_few() -> None:
    for file in [*FILES, *(HOUSE / "tests").rglob("*.py")]:
        lines = file.read_text().splitlines()
        assert len(lines) <= 400, f"{room_of(file)} has {len(lines)} lines; two things live in one room"
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                assert node.end_lineno - node.lineno < 60, f"{room_of(file)}: {node.name} does not fit a screen"
