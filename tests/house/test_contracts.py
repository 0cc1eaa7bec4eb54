"""The contracts of the building are kept, and nobody is above the rules of access."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest
from django.conf import settings
from importlinter.configuration import configure

from tests.house.contracts import ForbiddenWhenThere, ProtectedWhenThere
from tests.house.templates import ROOMS, ROOT

ALL_ROOMS = {
    "lib", "audit", "people", "program", "career", "pairing", "meetings", "confidence", "surveys", "vault",
    "intake", "reports", "notify", "web", "demo",
}  # fmt: skip


def contracts() -> dict[str, dict]:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {contract["id"]: contract for contract in linter["contracts"]}


def test_import_contracts_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}
    )
    assert said.returncode == 0, said.stdout + said.stderr


def test_import_contracts_name_every_room() -> None:
    named = set(re.findall(r"\w+", " ".join(contracts()["down"]["layers"])))
    assert named == ALL_ROOMS | {"cli", "__main__"}


def test_import_contracts_hold_inside_every_room_that_is_built() -> None:
    built = {path.parent.name for path in ROOMS.glob("*/models.py")} | {
        path.parent.name for path in ROOMS.glob("*/urls.py")
    }
    assert {container.partition(".")[2] for container in contracts()["inside"]["containers"]} >= built


def graph(importer: str, imported: str) -> grimp.ImportGraph:
    """A building of two modules, one of which imports the other."""
    made = grimp.ImportGraph()
    for package in ("telemachus", "telemachus.notify", "telemachus.web", importer.rpartition(".")[0], importer):
        made.add_module(package)
    made.add_module(imported, is_squashed=imported == "django")
    made.add_import(importer=importer, imported=imported, line_number=1, line_contents=f"import {imported}")
    return made


@pytest.mark.parametrize("importer", ["telemachus.web.pages", "telemachus.notify.rules"])
def test_vault_may_be_imported(importer: str) -> None:
    assert _vault_is_kept(graph(importer, "telemachus.vault"))


@pytest.mark.parametrize(
    "importer", ["telemachus.demo.division", "telemachus.intake.board", "telemachus.meetings.views"]
)
def test_vault_imported_elsewhere_breaks_the_contract(importer: str) -> None:
    assert not _vault_is_kept(graph(importer, "telemachus.vault"))


@pytest.mark.parametrize("source", contracts()["pure"]["source_modules"])
def test_pure_module_that_imports_django_breaks_the_contract(source: str) -> None:
    assert not _pure_is_kept(graph(source, "django"))


def test_contracts_about_modules_not_built_yet_are_kept() -> None:
    bare = grimp.ImportGraph()
    for module in ("telemachus", "telemachus.notify", "telemachus.web", "django"):
        bare.add_module(module)
    assert _vault_is_kept(bare)
    assert _pure_is_kept(bare)


def _vault_is_kept(made: grimp.ImportGraph) -> bool:
    return _is_kept(ProtectedWhenThere, contracts()["vault"], made)


def _pure_is_kept(made: grimp.ImportGraph) -> bool:
    return _is_kept(ForbiddenWhenThere, contracts()["pure"], made)


def _is_kept(kind: type, contract: dict, made: grimp.ImportGraph) -> bool:
    configure()
    options = {name: value for name, value in contract.items() if name not in ("id", "name", "type")}
    session = {"root_packages": ["telemachus"], "include_external_packages": "True"}
    return (
        kind(name=contract["name"], session_options=session, contract_options=options).check(made, verbose=False).kept
    )


def test_admin_site_is_not_installed() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_nobody_is_above_the_rules() -> None:
    above = re.compile(r"is_superuser|is_staff|has_perm|PermissionsMixin|contrib\.admin|user_passes_test")
    code = [*ROOMS.rglob("*.py"), *ROOMS.rglob("*.html"), *(ROOT / "config").rglob("*.py")]
    assert len(code) > 50
    assert [path.name for path in code if above.search(path.read_text())] == []
