"""PyPI `mentor-match` in an environment of its own: three rounds, as many as place everybody. Prints the seconds.

A mentor gets one mentee in each round; its own bonus for whoever is unmatched lets the rest come first.
"""

import json
import os
import sys
import time

from matching import process
from matching.match import Match
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.rules.rule import Rule, UnmatchedBonus

clock = time.process_time if os.environ.get("BENCH_CPU") else time.perf_counter
points = json.load(sys.stdin)["points"]


class Points(Rule):
    def apply(self, match_object: Match) -> int:
        found: int = points[match_object.mentee.grade][match_object.mentor.grade]
        return found

    def evaluate(self, match_object: Match) -> bool:
        return True


def people(kind, count: int) -> list:
    """Who stands for whom is told by the grade, the one number that a person has there."""
    return [kind(grade=at, email=f"{kind.__name__}{at}") for at in range(count)]


mentors, mentees = people(Mentor, len(points[0])), people(Mentee, len(points))
begin = clock()
process.process_data(mentors, mentees, [[Points(), UnmatchedBonus(1001)] for _ in range(3)])
seconds = clock() - begin
print(json.dumps({"seconds": seconds, "placed": sum(bool(each.mentors) for each in mentees)}))
