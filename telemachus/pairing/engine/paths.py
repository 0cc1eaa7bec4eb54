"""The cheapest sharing where few mentors have many places each: one mentee after the other comes in.

Whoever comes in takes a place, and whoever had it the next: the shortest path to a place that is free (successive
shortest paths; Ahuja, Magnanti and Orlin, Network Flows, 1993). A vertex for each mentor, not one for each place.
"""

from collections.abc import Callable

import numpy as np

from telemachus.pairing.engine.cases import NOBODY, Places, Whole

FAR = 2**60  # no way; two of them may still be added up


def by_paths(table: Whole, free: Whole, charge: Callable[[Places, Places], Whole]) -> Places:
    """Each row's column, or NOBODY for the last, in which everybody finds room without charge.

    `table`: what each mentee costs with each mentor, FAR where that may not be, and in the last column with nobody.
    """
    coming = _Coming(table, free, charge)
    for mentee in range(len(table)):
        coming.come(mentee)
    return np.where(coming.home == len(free), NOBODY, coming.home)


class _Coming:
    def __init__(self, table: Whole, free: Whole, charge: Callable[[Places, Places], Whole]) -> None:
        mentees, columns = table.shape
        self._table, self._free, self._charge = table, free, charge
        self.home = np.full(mentees, NOBODY, dtype=np.intp)
        self._seats = np.zeros(len(free), dtype=np.int64)
        # What the next seat costs; with nobody there is always one.
        self._next = np.append(np.where(free > 0, charge(np.arange(len(free)), self._seats), FAR), 0)
        # From mentor to mentor the cheapest step, and whose it is.
        self._step = np.full((len(free), columns), FAR, dtype=np.int64)
        self._mover = np.full((len(free), columns), NOBODY, dtype=np.intp)
        self._columns = np.arange(columns)

    def come(self, mentee: int) -> None:
        far, via = self._ways(mentee)
        last = at = int((far + self._next).argmin())
        touched = [at]
        while via[at] != NOBODY:
            self.home[self._mover[via[at], at]] = at
            at = int(via[at])
            touched.append(at)
        self.home[mentee] = at
        for each in touched:
            if each < len(self._free):
                self._look_again(each)
        if last < len(self._free):
            self._take(last)

    def _ways(self, mentee: int) -> tuple[Whole, Places]:
        """How far it is to each mentor, and by which other (Bellman and Ford)."""
        far, via = self._table[mentee].copy(), np.full(len(self._columns), NOBODY, dtype=np.intp)
        while True:
            through = far[:-1, None] + self._step
            by = through.argmin(axis=0)
            nearest = through[by, self._columns]
            nearer = nearest < far
            if not nearer.any():
                return far, via
            far[nearer], via[nearer] = nearest[nearer], by[nearer]

    def _look_again(self, mentor: int) -> None:
        here = np.flatnonzero(self.home == mentor)
        steps = self._table[here] - self._table[here, mentor][:, None]
        cheapest = steps.argmin(axis=0)
        self._step[mentor], self._mover[mentor] = steps[cheapest, self._columns], here[cheapest]

    def _take(self, mentor: int) -> None:
        self._seats[mentor] += 1
        taken = self._seats[mentor]
        room = taken < self._free[mentor]
        self._next[mentor] = self._charge(np.array([mentor]), np.array([taken]))[0] if room else FAR
