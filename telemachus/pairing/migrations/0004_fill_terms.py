"""Every program gets the terms with which a new one begins, and what people ticked becomes rows.

The words stand here as they were on that day. The id of a term is made of its program and its code, so that the way back
finds it under whatever words it has by then.
"""

from uuid import UUID, uuid5

from django.db import migrations

TERMS = (
    ("promotion", "help", "how merit and promotion work, and who decides",
     "promotion, promoted, merit, appraisal, dossier, tenure, academic advancement, advancement to associate"),
    ("criteria", "help", "balancing research, teaching, clinical work and service",
     "percent effort, protected time, clinical load, clinical effort, FTE, balance of duties, triple threat"),
    ("research", "help", "finding a research direction and resources",
     "research direction, research focus, research program, pilot data, pilot study, laboratory space, start-up"),
    ("grants", "help", "first grants and keeping funding going",
     "NIH, NIDDK, K08, K23, K01, K99, R00, R01, R03, R21, T32, career development award, foundation grant, grant, funding, funded, principal investigator"),
    ("publishing", "help", "what to publish, and when",
     "publication plan, manuscript, first author, senior author, peer review, authorship, where to submit"),
    ("teaching", "help", "teaching, and how it is evaluated",
     "teaching portfolio, curriculum development, course director, clerkship, lecturer, residency program, fellowship program, teaching evaluation, teaching award"),
    ("independence", "help", "independence within a team",
     "independence, independent, independent investigator, independent group, co-investigator, own group, team science"),
    ("support", "help", "salary support after the first three years",
     "salary support, salary, start-up package, bridge funding, soft money"),
    ("institution", "help", "finding one’s way through the school and the campus",
     "campus resources, dean’s office, faculty orientation, new to the institution, new to the school"),
    ("unwritten", "help", "the unwritten rules",
     "unwritten rules, institutional culture, academic culture, hidden curriculum"),
    ("relations", "help", "working well with colleagues, staff and administrators",
     "team leadership, leadership, interprofessional, collegiality, staff supervision, communication skills"),
    ("network", "help", "introductions and a network in the field",
     "network, networking, collaboration, collaborator, multicenter, consortium, visiting professor"),
    ("societies", "help", "which societies to join",
     "professional society, AGA, ACG, AASLD, ASGE, NASPGHAN, society membership, society member"),
    ("committees", "help", "which committees, and how many",
     "committee member, committee chair, task force, working group, academic senate, study section"),
    ("priorities", "help", "priorities, and saying no",
     "priorities, priority, time management, saying no, too many commitments, prioritize"),
    ("life", "help", "a life outside work",
     "work-life balance, family life, time for my family, parental leave, part time, small enough"),
    ("in-person", "meeting", "in person",
     "face to face, meet in the office"),
    ("by-video", "meeting", "by video",
     "video call, video meeting, meet remotely"),
)
HELPS = [code for code, kind, _words, _signs in TERMS if kind == "help"]


def term_id(program: UUID, code: str) -> UUID:
    return uuid5(program, f"term:{code}")


def fill(apps, schema_editor):
    for program in apps.get_model("program", "Program").objects.all():
        _begin_vocabulary(apps, program.pk)
    for need in apps.get_model("pairing", "Need").objects.all():
        need.terms.add(*_ids(need.topics, [need.program_id]))
    roles = apps.get_model("program", "Role").objects
    for offer in apps.get_model("pairing", "Offer").objects.all():
        programs = roles.filter(person=offer.person_id).values_list("program", flat=True).distinct()
        offer.terms.add(*_ids(offer.topics, programs))


def _begin_vocabulary(apps, program):
    Term = apps.get_model("pairing", "Term")
    Term.objects.bulk_create(
        Term(pk=term_id(program, code), program_id=program, kind=kind, words=words, signs=signs, place=place)
        for place, (code, kind, words, signs) in enumerate(TERMS, start=1)
    )


def _ids(topics, programs):
    return [term_id(program, code) for program in programs for code in HELPS if code in topics]


def empty(apps, schema_editor):
    """What the list of the earlier version knows goes back into it; it had no place for the rest."""
    programs = apps.get_model("program", "Program").objects.values_list("pk", flat=True)
    codes = {term_id(program, code): code for program in programs for code in HELPS}
    for name in ("Need", "Offer"):
        for row in apps.get_model("pairing", name).objects.all():
            row.topics = sorted({codes[pk] for pk in row.terms.values_list("pk", flat=True) if pk in codes})
            row.save(update_fields=["topics"])
    apps.get_model("pairing", "Term").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("pairing", "0003_terms"),
        ("program", "0002_deputies"),
    ]

    operations = [migrations.RunPython(fill, empty)]
