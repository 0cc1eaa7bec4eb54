"""Puts one fault at a time into the matching engine and asks its tests: whatever they let live is printed.

    python scripts/mutants.py                     all modules; takes an hour or more
    python scripts/mutants.py margins --every 3   one of them, every third fault
    python scripts/mutants.py edges --only 12,40 --as-asked
    python scripts/mutants.py edges --but "half_of_the_time or drawn"

A fault is a turned comparison, + for −, one more or less for a whole number, `and` for `or`, `min` for `max`, a branch
always or never taken, a statement removed. The tests run in a copy, without Django, in a process of its own each time:
those that enter the changed function, the quickest first, with few examples for each property. With `--as-asked` what
lives so far meets every test, with all the examples that it asks for.
"""

import argparse
import ast
import importlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINE, TESTS = Path("telemachus/pairing/engine"), Path("tests/pairing/engine")
LIBRARIES = (
    "hypothesis.strategies", "ortools.graph.python.min_cost_flow", "pytest", "scipy.optimize", "scipy.sparse.csgraph",
)  # fmt: skip

COMPARED: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMED = {"min": "max", "minimum": "maximum", "argmin": "argmax", "any": "all"}
NAMED |= {new: old for old, new in NAMED.items()}

CONFTEST = """
import json, signal, sys, time
from pathlib import Path
from hypothesis import Phase, settings

settings.register_profile("mutants", deadline=None, database=None, derandomize=True)
settings.load_profile("mutants")
KEY = "_hypothesis_internal_use_settings"
ENGINE, EXAMPLES, SECONDS, LOG = {engine!r}, {examples}, {seconds}, {log!r}


def pytest_collection_modifyitems(items):
    for item in items:
        if asked := getattr(item.obj, KEY, None):
            few = min(asked.max_examples, EXAMPLES)
            setattr(item.obj, KEY, settings(asked, max_examples=few, phases=[Phase.explicit, Phase.generate]))


def pytest_runtest_call(item):
    signal.setitimer(signal.ITIMER_PROF, SECONDS)


if LOG:
    import pytest

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(item):
        entered, begin = set(), time.process_time()

        def seen(frame, event, arg):
            if frame.f_code.co_filename.startswith(ENGINE):
                name = frame.f_code.co_qualname.split(".<locals>")[0]
                entered.add(f"{{Path(frame.f_code.co_filename).stem}}:{{name}}")

        sys.settrace(seen)
        yield
        sys.settrace(None)
        with open(LOG, "a") as log:
            log.write(json.dumps([item.nodeid, time.process_time() - begin, sorted(entered)]) + "\\n")
"""


@dataclass(frozen=True)
class Mutant:
    line: int
    was: str
    now: str
    source: str
    within: str  # the function's full name; nothing where it stands in none

    def __str__(self) -> str:
        return f"{self.line}: {self.was}  →  {self.now}"


# Which faults there are


def mutants(source: str) -> Iterator[Mutant]:
    """Every node is changed in a fresh copy of the tree, found again by its place in the walk."""
    tree = ast.parse(source)
    lasting = {id(each) for node in ast.walk(tree) for each in _unread(node)}
    within = {id(each): name for name, function in _functions(tree, "") for each in ast.walk(function)}
    for at, node in enumerate(ast.walk(tree)):
        if id(node) in lasting:
            continue
        for new in faults(node):
            changed = deepcopy(tree)
            old = list(ast.walk(changed))[at]
            _replace(changed, old, new)
            whole = ast.unparse(ast.fix_missing_locations(changed))
            yield Mutant(getattr(node, "lineno", 0), _short(node), _short(new), whole, within.get(id(node), ""))


def _functions(tree: ast.Module | ast.ClassDef, inside: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        match node:
            case ast.FunctionDef():
                yield inside + node.name, node
            case ast.ClassDef():
                yield from _functions(node, f"{inside}{node.name}.")


def _unread(node: ast.AST) -> Iterator[ast.AST]:
    """Annotations, sentences, what only checks: no answer depends on them."""
    if isinstance(node, ast.keyword) and node.arg in ("strict", "frozen"):
        yield from ast.walk(node)
    for held in ("annotation", "returns"):
        if isinstance(part := getattr(node, held, None), ast.AST):
            yield from ast.walk(part)
    if isinstance(node, ast.Raise | ast.JoinedStr):
        yield from list(ast.walk(node))[1:]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield from ast.walk(node)


def faults(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, [kind], right):
            yield from (ast.Compare(left, [new()], right) for new in COMPARED[type(kind)])
        case ast.BinOp(left, kind, right) if type(kind) in RECKONED:
            yield ast.BinOp(left, RECKONED[type(kind)](), right)
        case ast.AugAssign(target, kind, value) if type(kind) in RECKONED:
            yield ast.AugAssign(target, RECKONED[type(kind)](), value)
            yield ast.Pass()
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield from (ast.Constant(value + step) for step in (1, -1))
        case ast.BoolOp(kind, values):
            yield ast.BoolOp(ast.Or() if isinstance(kind, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not() | ast.USub() | ast.Invert(), operand):
            yield operand
        case ast.Name(name, context) if name in NAMED:
            yield ast.Name(NAMED[name], context)
        case ast.Attribute(value, name, context) if name in NAMED:
            yield ast.Attribute(value, NAMED[name], context)
        case ast.If(_, body, orelse):
            yield from (ast.If(ast.Constant(taken), body, orelse) for taken in (True, False))
        case ast.IfExp(_, body, orelse):
            yield from (body, orelse)
        case ast.Expr(ast.Call()) | ast.Assign([ast.Subscript()]) | ast.Raise() | ast.Break() | ast.Continue():
            yield ast.Pass()


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list) and any(each is old for each in value):
                setattr(parent, name, [new if each is old else each for each in value])


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:100]


# What the tests say


def copied(place: Path) -> None:
    for folder in (ENGINE, TESTS):
        shutil.copytree(ROOT / folder, place / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for package in {*ENGINE.parents, *TESTS.parents} - {Path(".")}:
        (place / package / "__init__.py").touch()
    config = '[tool.pytest.ini_options]\nfilterwarnings = ["error"]\n'
    (place / "pyproject.toml").write_text(config)


@dataclass(frozen=True)
class Test:
    name: str
    seconds: float
    entered: frozenset[str]


class Copy:
    """The engine and its tests in a place of their own, and what every test enters there."""

    def __init__(self, place: Path, given: argparse.Namespace) -> None:
        self.place, self._seconds = place, given.seconds
        self._examples, self._at_first = given.examples, given.at_first
        copied(place)
        log = place / "log"
        if self.said([str(TESTS), "-k", f"not ({given.but})"], given.examples, log=str(log)) != "lived":
            sys.exit("The tests fail without any fault.")
        told = (json.loads(line) for line in log.read_text().splitlines())
        self._tests = sorted((Test(name, took, frozenset(entered)) for name, took, entered in told), key=_took)

    def lives(self, module: str, fault: Mutant, *, as_asked: bool) -> str:
        """`lived`, `killed`, or `stopped` by the clock."""
        file = self.place / ENGINE / f"{module}.py"
        sound = file.read_text()
        file.write_text(fault.source)
        try:
            reached = self._reached(module, fault)
            said = self.said(reached, self._examples) if reached else "lived"
            if said == "lived" and as_asked:
                said = self.said([str(TESTS)], 10**6)
        finally:
            file.write_text(sound)
        return said

    def _reached(self, module: str, fault: Mutant) -> list[str]:
        entering = [test for test in self._tests if not fault.within or f"{module}:{fault.within}" in test.entered]
        together = accumulate(test.seconds for test in entering)
        return [test.name for test, seconds in zip(entering, together, strict=True) if seconds <= self._at_first]

    def said(self, tests: list[str], examples: int, log: str = "") -> str:
        """In a fork, so that the libraries need not be read again."""
        # Two faults within one second may be of one length: what was kept of the first would stand for the second.
        shutil.rmtree(self.place / ENGINE / "__pycache__", ignore_errors=True)
        told = {"engine": str(self.place / ENGINE), "examples": examples, "seconds": self._seconds, "log": log}
        (self.place / "conftest.py").write_text(CONFTEST.format(**told))
        child = os.fork()
        if not child:
            _run(self.place, tests)
        _pid, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "stopped"
        return "lived" if os.waitstatus_to_exitcode(status) == 0 else "killed"


def _took(test: Test) -> float:
    return test.seconds


def _run(place: Path, tests: list[str]) -> None:
    import pytest

    os.chdir(place)
    sys.path.insert(0, str(place))
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os._exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests]))


def read_libraries() -> None:
    for library in LIBRARIES:
        importlib.import_module(library)


def tried(module: str, copy: Copy, given: argparse.Namespace) -> None:
    known = list(mutants((copy.place / ENGINE / f"{module}.py").read_text()))
    chosen = list(given.only or range(given.first, len(known), given.every))
    count = dict.fromkeys(("killed", "stopped", "lived"), 0)
    begin = time.monotonic()
    for at in chosen:
        said = copy.lives(module, known[at], as_asked=given.as_asked)
        count[said] += 1
        if said != "killed":
            print(f"{module} #{at} {said}  {known[at]}", flush=True)
    figures = ", ".join(f"{number} {said}" for said, number in count.items())
    print(
        f"== {module}: {len(known)} faults, {len(chosen)} tried: {figures}; {time.monotonic() - begin:.0f} s",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    every_module = sorted(each.stem for each in (ROOT / ENGINE).glob("*.py") if each.stem != "__init__")
    parser.add_argument("modules", nargs="*", default=every_module)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=lambda text: [int(each) for each in text.split(",")])
    parser.add_argument("--examples", type=int, default=30, help="the most that hypothesis tries in one test")
    parser.add_argument("--but", default="nothing", help="tests to leave out at first, as pytest's -k says them")
    parser.add_argument("--at-first", type=float, default=60, help="seconds that the first tests may take together")
    parser.add_argument("--as-asked", action="store_true", help="what lives so far meets every test")
    parser.add_argument("--seconds", type=int, default=30, help="of the processor, for one test")
    given = parser.parse_args()
    read_libraries()
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder), given)
        for module in given.modules:
            tried(module, copy, given)


if __name__ == "__main__":
    main()
