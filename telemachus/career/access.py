"""Who may see what of appointments and of the papers of a person. Nobody runs their own mentoring."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from telemachus.career.models import Absence, Appointment, Aspirations, CurriculumVitae, StatusForm
from telemachus.people.models import Person
from telemachus.program.access import OFFICE, Kind, administered, deputyships, holds, programs_as, set_aside
from telemachus.program.models import Program, Role

# Whose papers these are: whoever has one of these roles in the program today.
OF_PAPERS = (Kind.MENTEE, Kind.COLLEAGUE)


def visible_appointments(user: Person, program: Program) -> QuerySet[Appointment]:
    """All of the program for its director and coordinator; nobody else's page lists them."""
    appointments = Appointment.objects.filter(program=program).select_related("person", "program", "supervisor")
    return appointments if program in programs_as(user, *OFFICE) else appointments.none()


def visible_absences(user: Person) -> QuerySet[Absence]:
    """What the director still has to decide; a director's own absence is not the director's to settle."""
    found = Absence.objects.unsettled().filter(program__in=programs_as(user, Kind.DIRECTOR))
    return found.exclude(person=user).select_related("person", "program")


def visible_owners(user: Person, program: Program) -> QuerySet[Person]:
    """Of whom there can be papers: for the coordinator everybody, for who runs a search its person, else oneself."""
    current = Role.objects.filter(program=program, kind__in=OF_PAPERS).on(program.day(timezone.now()))
    owners = Person.objects.filter(pk__in=current.values("person"))
    if holds(user, program, Kind.COORDINATOR):
        return owners
    run = Q(pk=user.pk)
    if holds(user, program, Kind.DIRECTOR):
        run |= ~Q(pk__in=set_aside(user))
    for deputyship in deputyships(user):
        if deputyship.program_id == program.pk:
            run |= Q(pk__in={deputyship.director_id, *set_aside(deputyship.director)} - {user.pk})
    return owners.filter(run)


def visible_vitae(user: Person) -> QuerySet[CurriculumVitae]:
    """One's own, and the director's of others; without the content, which only a download reads."""
    return CurriculumVitae.objects.filter(_own(user) | _directed(user)).select_related("program").defer("content")


def visible_aspirations(user: Person) -> QuerySet[Aspirations]:
    return Aspirations.objects.filter(_own(user) | _directed(user)).select_related("program", "person")


def visible_status_forms(user: Person) -> QuerySet[StatusForm]:
    coordinated = Q(program__in=programs_as(user, Kind.COORDINATOR)) & ~Q(person=user)
    found = StatusForm.objects.filter(_own(user) | _directed(user) | coordinated)
    return found.select_related("program", "person", "completed_by")


def _own(user: Person) -> Q:
    return Q(person=user, program__in=programs_as(user, *OF_PAPERS))


def _directed(user: Person) -> Q:
    """The papers of a director, and of whoever is or may become that director's mentee, are for the deputy."""
    run = administered(user, mentee="person", mentor=None) & ~Q(person__in=set_aside(user))
    for deputyship in deputyships(user):
        run |= Q(program=deputyship.program, person__in=set_aside(deputyship.director)) & ~Q(person=user)
    return run


def can_put_cv(user: Person, program: Program, person: Person) -> bool:
    """A CV that came by mail: either office puts it in; one's own is sent like everybody's."""
    return holds(user, program, *OFFICE) and person.pk != user.pk


def can_complete_status(user: Person, program: Program, person: Person) -> bool:
    return holds(user, program, Kind.COORDINATOR) and person.pk != user.pk


def can_confirm_status(user: Person, form: StatusForm) -> bool:
    return form.person_id == user.pk


def questioned_forms(user: Person) -> QuerySet[StatusForm]:
    """Those in which a person says that something is not right, for who may correct them."""
    asked = StatusForm.objects.filter(program__in=programs_as(user, Kind.COORDINATOR), questioned_on__isnull=False)
    return asked.exclude(person=user).select_related("program", "person")


def forms_to_confirm(user: Person) -> QuerySet[StatusForm]:
    own = StatusForm.objects.filter(person=user, program__in=programs_as(user, *OF_PAPERS))
    return own.filter(completed_on__isnull=False, confirmed_on=None, questioned_on=None).select_related("program")
