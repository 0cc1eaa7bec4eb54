"""Contracts about modules that may not be built yet: they hold from the day on which the module appears."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.protected import ProtectedContract


class ProtectedWhenThere(ProtectedContract):
    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        _keep_what_is_there(self, "protected_modules", graph)
        return super().check(graph, verbose)


class ForbiddenWhenThere(ForbiddenContract):
    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        _keep_what_is_there(self, "source_modules", graph)
        return super().check(graph, verbose)


def _keep_what_is_there(contract: Contract, field: str, graph: ImportGraph) -> None:
    named = getattr(contract, field)
    setattr(contract, field, type(named)(each for each in named if each.expression in graph.modules))
