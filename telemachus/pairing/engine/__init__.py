"""Who with whom: hard rules, points, the best for a whole cohort, and why. Pure: no Django, no database, no clock.

`solve` finds the optimum, `stable` the pairing that nobody would leave; `explain` says why one pair is as it is, and
`Explainer` of many.
"""

from telemachus.pairing.engine.cases import MOST, NEVER, Aims, Answer, Case, CaseError, Certificate, Dense, Listed
from telemachus.pairing.engine.explain import Explainer, Explanation, Swap, Verdict, explain, swaps
from telemachus.pairing.engine.optimum import solve
from telemachus.pairing.engine.rules import Rule
from telemachus.pairing.engine.scores import Ahead, Covered, Given, Same, Scores
from telemachus.pairing.engine.stable import stable

__all__ = [
    "MOST", "NEVER", "Ahead", "Aims", "Answer", "Case", "CaseError", "Certificate", "Covered", "Dense", "Explainer",
    "Explanation", "Given", "Listed", "Rule", "Same", "Scores", "Swap", "Verdict", "explain", "solve", "stable",
    "swaps",
]  # fmt: skip
