"""Residents and hospitals by PyPI `matching`, in its own environment. Prints its seconds, and of these the solving.

The lists come ordered: what it takes to order them is not counted.
"""

import json
import os
import sys
import time
import warnings

from matching.games import HospitalResident

clock = time.process_time if os.environ.get("BENCH_CPU") else time.perf_counter
given = json.load(sys.stdin)
places = {int(mentor): count for mentor, count in given["places"].items()}
mentees = {int(mentee): wishes for mentee, wishes in given["mentees"].items()}
mentors = {int(mentor): wishes for mentor, wishes in given["mentors"].items()}
warnings.simplefilter("error")
# It copies its players deeply, who all know each other.
sys.setrecursionlimit(1_000_000)
begin = clock()
game = HospitalResident.create_from_dictionaries(mentees, mentors, places)
middle = clock()
pairs = game.solve()
end = clock()
placed = sum(len(residents) for residents in pairs.values())
print(json.dumps({"seconds": end - begin, "solving": end - middle, "placed": placed}))
