"""What this room keeps about a person."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from telemachus.career.models import Absence, Appointment, Aspirations, CurriculumVitae, OtherMentor, StatusForm
from telemachus.career.status_form import EFFORT
from telemachus.lib.holding import Holding
from telemachus.people.models import Person


def holdings(person: Person) -> list[Holding]:
    """The appointment, what a newer roster said of the person's presence, and the papers."""
    return [*_of_roster(person), *_own_papers(person), *_status(person)]


def _of_roster(person: Person) -> list[Holding]:
    appointments = Appointment.objects.filter(person=person).select_related("program")
    absences = Absence.objects.filter(person=person).select_related("program")
    return [
        Holding(
            what=_("Your appointment as the personnel system has it"),
            models=("career.Appointment",),
            who_sees=_("The director and the coordinator of that program"),
            until=_("90 days after you leave"),
            rows=[
                f"{row.program}: {row.title} {row.step}, {row.begins or ''} – {row.ends or ''}" for row in appointments
            ],
        ),
        Holding(
            what=_("That a roster listed you as on leave or gone, or no longer listed you"),
            models=("career.Absence",),
            who_sees=_("The director of that program"),
            until=_("one year after it is settled"),
            rows=[f"{row.program}: {row.get_kind_display()}, {row.noticed}" for row in absences],
        ),
    ]


def _own_papers(person: Person) -> list[Holding]:
    until = _("90 days after you are paired, or as soon as you take it back")
    who_sees = _("You, and the director of that program or the director’s deputy; a mentor only if you ticked it")
    vitae = CurriculumVitae.objects.filter(person=person).select_related("program").defer("content")
    written = Aspirations.objects.filter(person=person).select_related("program")
    return [
        Holding(
            what=_("Your CV, as you sent it or as it came by mail"),
            models=("career.CurriculumVitae",),
            who_sees=who_sees,
            until=until,
            rows=[f"{cv.program}: {cv.name}, {cv.sent_at:%Y-%m-%d}" for cv in vitae],
        ),
        Holding(
            what=_("Your aspirations, in your own words"),
            models=("career.Aspirations",),
            who_sees=who_sees,
            until=until,
            rows=[
                f"{each.program}: {getattr(each, name)}"
                for each in written
                for name in each.ASKED
                if getattr(each, name)
            ],
        ),
    ]


def _status(person: Person) -> list[Holding]:
    forms = StatusForm.objects.filter(person=person).select_related("program")
    named = OtherMentor.objects.filter(person=person).select_related("form__program", "form__person")
    return [
        Holding(
            what=_("Your academic status form: prior titles, support, effort, grants, teaching and service, mentors"),
            models=("career.StatusForm", "career.PriorTitle", "career.Grant"),
            who_sees=_("You, the director and the coordinator of that program; your mentor the dates only"),
            until=_("90 days after you leave"),
            rows=[
                line
                for form in forms.prefetch_related("titles", "grants", "other_mentors__person")
                for line in _lines(form)
            ],
        ),
        Holding(
            what=_("That you are named as somebody’s clinical or research mentor"),
            models=("career.OtherMentor",),
            who_sees=_("That person, the director and the coordinator of that program"),
            until=_("with that person’s status form"),
            rows=[f"{row.form.program}: {row.form.person}, {row.get_kind_display()}" for row in named],
        ),
    ]


PLAIN = (
    "basis", "joint_site", "pause_years", "support_ends", "support_raise_by", *EFFORT, "teaching",
    "evaluations_on_file", "committees", "boards", "societies", "completed_on", "confirmed_on", "questioned_on",
)  # fmt: skip


def _lines(form: StatusForm) -> Iterator[str]:
    """Everything that was entered, one line each, under the column's name."""
    for name in PLAIN:
        if (value := getattr(form, name)) not in (None, ""):
            yield f"{form.program}: {name.replace('_', ' ')}: {value}"
    yield from (f"{form.program}: {each.title}, {each.begins} – {each.ends or ''}" for each in form.titles.all())
    for grant in form.grants.all():
        days = f"{grant.begins or ''} – {grant.ends or ''}"
        yield f"{form.program}: {grant.mechanism} {grant.role}, {grant.get_status_display()}, {days}"
    yield from (f"{form.program}: {each}, {each.get_kind_display()}" for each in form.other_mentors.all())
