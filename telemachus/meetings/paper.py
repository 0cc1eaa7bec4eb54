"""Plans the import of a paper register: pairs in mid-life and the dates on which they met. Writes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.lib.dates import parse_date, parse_dates
from telemachus.lib.names import fold
from telemachus.lib.rows import Table
from telemachus.meetings.paper_columns import find_columns, unread
from telemachus.meetings.paper_names import LEAVE_OUT, Names
from telemachus.meetings.paper_shapes import (
    Claim,
    Entry,
    Known,
    KnownPair,
    Met,
    NotTaken,
    SawDirector,
    Somebody,
    Work,
    key_of_row,
)
from telemachus.program.importing import Does, Inquiry, Line, Note, Oddity, Plan, Question, question_key

AS_WRITTEN, FROM_APPOINTMENT = "as written", "appointment"


def plan(table: Table, answers: Mapping[str, str], known: Known) -> Plan:
    """What the register would change here. Raises TableError where it can hardly be this division's."""
    inquiry = Inquiry(answers)
    columns = find_columns(table.header, inquiry)
    if inquiry.questions:
        return Plan(questions=inquiry.questions, answered=inquiry.answered)
    entries = [Entry(row, table.header, columns) for row in table.rows]
    planning = _Planning(known, inquiry, entries)
    for entry in entries:
        planning.claim(entry)
    for entry in entries:
        planning.take(entry)
    return planning.result(unread(table.header, columns))


class _Planning:
    """Takes row after row: first for the pairs that the file brings, then for what each row says of its pair.

    A row that could begin no pair may be about one of another row, wherever that stands: so it is read when the same
    file comes again, and a file that comes again changes nothing.
    """

    def __init__(self, known: Known, inquiry: Inquiry, entries: Sequence[Entry]) -> None:
        self.today, self.inquiry = known.today, inquiry
        self.names = Names(known.people, inquiry)
        self.names.learn("mentee", entries)
        self.names.learn("mentor", entries)
        self.alike = _alike(entries)
        self.pairs: dict[str, list[KnownPair]] = {}
        for pair in known.pairs:
            self.pairs.setdefault(pair.mentee, []).append(pair)
        # The row of this file that gave a date first; None where it was registered before.
        self.days: dict[tuple[str, date], int | None] = {
            (pair.key, day): None for pair in known.pairs for day in pair.registered
        }
        self.with_director: dict[tuple[str, date], int | None] = {
            (mentee, day): None for mentee, days in known.director_days.items() for day in days
        }
        # By row: the pair that it brings, or why it brings none and what is odd about that.
        self.claims: dict[int, KnownPair] = {}
        self.refusals: dict[int, tuple[NotTaken, list[Oddity]]] = {}
        self.oddities: list[Oddity] = []
        self.lines: list[Line] = []
        self.work: list[Work] = []

    def result(self, unread_titles: tuple[str, ...]) -> Plan:
        notes = [Note(_("These columns are not read:"), unread_titles)] if unread_titles else []
        if any(isinstance(piece, Claim) for piece in self.work):
            notes.append(Note(_("New pairs wait for the director, unless the director brings the register.")))
        return Plan(
            questions=self.inquiry.questions,
            oddities=tuple(sorted(self.oddities, key=_row)),
            lines=tuple(self.lines),
            work=tuple(sorted(self.work, key=_row)),
            notes=tuple(notes),
            answered=self.inquiry.answered,
        )

    def claim(self, entry: Entry) -> None:
        kept = len(self.oddities)
        try:
            mentee, mentor = self._two(entry)
            if not self._standing(entry, mentee, mentor):
                self.claims[entry.number] = self._claim(entry, mentee, mentor)
        except NotTaken as reason:
            self.refusals[entry.number] = reason, self.oddities[kept:]
        if entry.number not in self.claims:
            del self.oddities[kept:]

    def take(self, entry: Entry) -> None:
        try:
            line = self._line(entry)
        except NotTaken as reason:
            # Said of rows that are not taken too: whoever corrects the paper needs all of it at once.
            for what in ("dates", "director"):
                self._readable(entry, what)
            who = " – ".join(text for text in (entry.cell("mentee"), entry.cell("mentor")) if text)
            line = Line(entry.number, Does.SKIP, who, (str(reason),))
        self.lines.append(line)

    def _line(self, entry: Entry) -> Line:
        mentee, mentor = self._two(entry)
        claim = self.claims.get(entry.number)
        pairs = [claim] if claim else self._standing(entry, mentee, mentor)
        if not pairs:
            raise self._refused(entry)
        dates = self._dates(entry, pairs)
        seen = self._director_days(entry, mentee)
        self.work += [*dates, *seen]
        does = Does.CREATE if claim else Does.CHANGE if dates or seen else Does.LEAVE
        return Line(entry.number, does, f"{mentee.listed} – {mentor.listed}", _details(pairs, dates, seen))

    def _refused(self, entry: Entry) -> NotTaken:
        reason, oddities = self.refusals[entry.number]
        self.oddities += oddities
        return reason

    def _odd(self, entry: Entry, what: str, sentence: str, value: str = "") -> None:
        self.oddities.append(Oddity(entry.number, entry.title(what), value or entry.cell(what), sentence))

    def _not_taken(self, entry: Entry, what: str, sentence: str, because: str = "") -> NotTaken:
        """Say what is wrong with this cell, the reason why the whole row is left."""
        self._odd(entry, what, sentence)
        return NotTaken(because or _("see what is said about this row"))

    # Who

    def _two(self, entry: Entry) -> tuple[Somebody, Somebody]:
        for role in ("mentee", "mentor"):
            if not entry.cell(role):
                raise self._not_taken(entry, role, _("The name is missing, so the row is not taken. Write it."))
        mentee, mentor = (self.names.find(role, entry.cell(role)) for role in ("mentee", "mentor"))
        if mentee == mentor:
            sentence = _("Nobody mentors oneself, so the row is not taken. Write the mentor's name.")
            raise self._not_taken(entry, "mentor", sentence)
        return mentee, mentor

    # Which pair

    def _standing(self, entry: Entry, mentee: Somebody, mentor: Somebody) -> list[KnownPair]:
        """The known pairs of these two that the row is about."""
        same = [pair for pair in self.pairs.get(mentee.key, ()) if pair.mentor == mentor.key]
        since, until = parse_date(entry.cell("since")), parse_date(entry.cell("until"))
        if since is not None and since <= self.today:
            same = [pair for pair in same if pair.touches(since, until)]
        if same and entry.cell("since") and since not in [pair.begins for pair in same]:
            self._odd(entry, "since", _("These two are known here as a pair from another day: that day stands."))
        if same and entry.cell("until") and until not in [pair.ends for pair in same]:
            sentence = _("These two are known here, and an end is not taken from paper: the director ends the pair.")
            self._odd(entry, "until", sentence)
        return same

    def _claim(self, entry: Entry, mentee: Somebody, mentor: Somebody) -> KnownPair:
        since = self._first_day(entry)
        until = self._last_day(entry, since)
        self._refuse_rival(entry, mentee, mentor, since, until)
        begins = self._agreed(entry, mentee, since, until)
        self._remark_roles(entry, mentee, mentor)
        pair = KnownPair(key_of_row(entry.number), mentee.key, mentor.key, begins, until, row=entry.number)
        self.pairs.setdefault(mentee.key, []).append(pair)
        self.work.append(Claim(entry.number, pair.mentee, pair.mentor, pair.begins, pair.ends))
        return pair

    def _first_day(self, entry: Entry) -> date:
        since = parse_date(entry.cell("since"))
        if since is None:
            sentence = _("No day can be read here, so the row is not taken. Write the pair's first day: 2025-09-16.")
            raise self._not_taken(entry, "since", sentence)
        if since > self.today:
            sentence = _("This day has not come yet, so the row is not taken. Write the day on which the pair began.")
            raise self._not_taken(entry, "since", sentence)
        return since

    def _last_day(self, entry: Entry, since: date) -> date | None:
        text = entry.cell("until")
        until = parse_date(text)
        if text and until is None:
            sentence = _("No day can be read here, so the row is not taken. Write the pair's last day: 2026-06-30.")
            raise self._not_taken(entry, "until", sentence)
        if until and until > self.today:
            sentence = _("This day has not come yet, so the row is not taken. Leave it empty until the pair has ended.")
            raise self._not_taken(entry, "until", sentence)
        if until and until < since:
            sentence = _("The last day comes before the first, so the row is not taken. Write the right days.")
            raise self._not_taken(entry, "until", sentence)
        return until

    def _refuse_rival(self, entry: Entry, mentee: Somebody, mentor: Somebody, since: date, until: date | None) -> None:
        """One mentor at a time: a pair that has not ended keeps another from beginning."""
        for pair in self.pairs.get(mentee.key, ()):
            if pair.mentor != mentor.key and pair.ends is None and pair.touches(since, until):
                sentence = _(
                    "The mentee has another mentor already, so the row is not taken. End that pair first; "
                    "or write the last day of the pair that has ended into a column “Until”."
                )
                raise self._not_taken(entry, "mentor", sentence, self._rival(pair))

    def _rival(self, pair: KnownPair) -> str:
        words = {"mentor": self.names.people[pair.mentor].listed, "day": _long(pair.begins), "row": pair.row}
        if pair.row is None:
            return _("paired here with %(mentor)s from %(day)s") % words
        return _("row %(row)s gives %(mentor)s as mentor from %(day)s") % words

    def _remark_roles(self, entry: Entry, mentee: Somebody, mentor: Somebody) -> None:
        if mentor.junior:
            self._odd(entry, "mentor", _("A mentor of junior rank. The row is taken; please check who mentors whom."))
        elif not mentor.is_mentor:
            self._odd(entry, "mentor", _("Not listed as a mentor here. The row is taken; please check the role."))
        if not mentee.is_mentee:
            self._odd(entry, "mentee", _("Not listed as a mentee here. The row is taken; please check the role."))

    # From which day, where paper and appointment disagree

    def _agreed(self, entry: Entry, mentee: Somebody, since: date, until: date | None) -> date:
        appointed = mentee.begins
        if appointed is None or since >= appointed:
            return since
        self._odd(entry, "since", _("This day lies before the mentee's appointment here. Which is right is asked."))
        key = _since_key(entry)
        choices = _choices(since, appointed, last=until or self.today)
        answer = self.inquiry.ask(_which_day(key, mentee, since, choices, tuple(self.alike[key])))
        if answer is None:
            raise NotTaken(_("waits for your answer"))
        if answer == LEAVE_OUT:
            raise NotTaken(_("left out, as you answered"))
        return since if answer == AS_WRITTEN else appointed

    # On which days

    def _dates(self, entry: Entry, pairs: Sequence[KnownPair]) -> list[Met]:
        taken = []
        for day in self._readable(entry, "dates"):
            pair = next((pair for pair in pairs if pair.covers(day)), None)
            if pair is None:
                self._odd(entry, "dates", _outside(day, pairs), day.isoformat())
            elif self._is_first(entry, "dates", self.days, (pair.key, day)):
                taken.append(Met(entry.number, pair.key, day))
        return taken

    def _director_days(self, entry: Entry, mentee: Somebody) -> list[SawDirector]:
        days = self._readable(entry, "director")
        new = [day for day in days if self._is_first(entry, "director", self.with_director, (mentee.key, day))]
        for day in new:
            if mentee.begins and day < mentee.begins:
                sentence = _("This meeting with the director lies before the appointment. It is taken as written.")
                self._odd(entry, "director", sentence, day.isoformat())
        return [SawDirector(entry.number, mentee.key, day) for day in new]

    def _readable(self, entry: Entry, what: str) -> list[date]:
        """The dates of the cell that have come; what is no date, or has not come, is said."""
        days, pieces = parse_dates(entry.cell(what))
        for piece in pieces:
            sentence = _("No date can be read here, so it is not taken. Write it such as 2025-10-30.")
            self._odd(entry, what, sentence, piece)
        for day in days:
            if day > self.today:
                sentence = _("This day has not come yet, so it is not taken. A meeting is registered once it was held.")
                self._odd(entry, what, sentence, day.isoformat())
        return [day for day in days if day <= self.today]

    def _is_first(
        self, entry: Entry, what: str, days: dict[tuple[str, date], int | None], key: tuple[str, date]
    ) -> bool:
        """Whether the date is new. What was registered before the file came is no oddity: files come again."""
        if key not in days:
            days[key] = entry.number
            return True
        if days[key] == entry.number:
            self._odd(entry, what, _("This date stands twice in the cell. It is taken once."), key[1].isoformat())
        elif days[key] is not None and what == "dates":
            sentence = _("Another row gives this date for this pair. It is taken once.")
            self._odd(entry, what, sentence, key[1].isoformat())
        return False


def _row(of: Oddity | Work) -> int:
    return of.row


def _outside(day: date, pairs: Sequence[KnownPair]) -> str:
    if day < min(pair.begins for pair in pairs):
        return _("This day lies before the pair's first day, so it is not taken. Correct the day, or the pair's.")
    return _("This day lies after the pair's last day, so it is not taken. Correct the day, or the pair's.")


def _details(pairs: Sequence[KnownPair], dates: Sequence[Met], seen: Sequence[SawDirector]) -> tuple[str, ...]:
    """The days as they were read, so that a wrong reading of 11/02 is seen before it is written."""
    details = [_span(pair) for pair in pairs]
    if dates:
        details.append(_("met: %(days)s") % {"days": _days(dates)})
    if seen:
        details.append(_("with the director: %(days)s") % {"days": _days(seen)})
    return tuple(details)


def _days(dates: Sequence[Met | SawDirector]) -> str:
    return "; ".join(_long(each.day) for each in dates)


def _span(pair: KnownPair) -> str:
    words = {"first": _long(pair.begins), "last": _long(pair.ends) if pair.ends else ""}
    if pair.row is None:
        return (_("known from %(first)s to %(last)s") if pair.ends else _("known from %(first)s")) % words
    return (_("a new pair from %(first)s to %(last)s") if pair.ends else _("a new pair from %(first)s")) % words


def _alike(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """The rows that ask the same about the first day of a pair."""
    alike: dict[str, list[int]] = {}
    for entry in entries:
        alike.setdefault(_since_key(entry), []).append(entry.number)
    return alike


def _since_key(entry: Entry) -> str:
    since = parse_date(entry.cell("since"))
    names = fold(entry.cell("mentee")), fold(entry.cell("mentor"))
    return question_key("since", *names, since.isoformat() if since else "")


def _choices(since: date, appointed: date, *, last: date) -> tuple[tuple[str, str], ...]:
    """The appointment's first day is offered where the pair can have begun on it."""
    as_written = (AS_WRITTEN, _("%(day)s, as the register says") % {"day": _long(since)})
    from_appointment = (FROM_APPOINTMENT, _("%(day)s, as the appointment says") % {"day": _long(appointed)})
    leave_out = (LEAVE_OUT, _("Neither: leave this row out"))
    return (as_written, from_appointment, leave_out) if appointed <= last else (as_written, leave_out)


def _which_day(
    key: str, mentee: Somebody, since: date, choices: tuple[tuple[str, str], ...], rows: tuple[int, ...]
) -> Question:
    words = {"day": _long(since), "name": mentee.listed, "appointed": _long(mentee.begins) if mentee.begins else ""}
    sentence = _(
        "The register says that %(name)s has this mentor since %(day)s, but the appointment begins on %(appointed)s. "
        "From which day is it a pair?"
    )
    why = _("A pair may be older than the appointment; often the day was written down wrong.")
    return Question(key, sentence % words, choices, rows, why)


def _long(day: date) -> str:
    return date_format(day, "j F Y")
