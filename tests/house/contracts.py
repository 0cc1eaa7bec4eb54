"""Contracts about modules that may not be built yet: they hold from the day on which the module appears."""

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.protected import ProtectedContract


class ProtectedWhenThere(ProtectedContract):  # type: ignore[misc]
    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        self.protected_modules = [each for each in self.protected_modules if each.expression in graph.modules]
        return super().check(graph, verbose)


class ForbiddenWhenThere(ForbiddenContract):  # type: ignore[misc]
    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        self.source_modules = {each for each in self.source_modules if each.expression in graph.modules}
        return super().check(graph, verbose)
