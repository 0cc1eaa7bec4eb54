"""The words of the demo division, and what its people have ticked of them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from telemachus.demo.cast import EKSTROM, JONAS, LAURENT, MEI, NDIAYE
from telemachus.pairing.models import Need, Offer, Term
from telemachus.pairing.vocabulary import STANDARD, standard_id
from telemachus.people.models import Person
from telemachus.program.models import Program, Role

HELP, INTEREST, MEETING = Term.Kind
HELPS = [code for code, one in STANDARD.items() if one.kind == HELP]
# What people of a division of digestive diseases work on, and other words for it.
INTERESTS = (
    ("hepatology and transplantation", "hepatology, liver, cirrhosis, liver transplantation, portal hypertension, HCC"),
    ("inflammatory bowel disease", "IBD, Crohn, ulcerative colitis, colitis, biologics"),
    ("motility", "motility disorder, gastroparesis, manometry, dysphagia, irritable bowel syndrome, IBS"),
    ("advanced endoscopy", "interventional endoscopy, ERCP, endoscopic ultrasound, EUS, third space endoscopy, ESD"),
    ("pancreas and biliary disease", "pancreatitis, pancreas, pancreatic cyst, biliary, cholangitis"),
    ("gut microbiome", "microbiome, microbiota, metagenomics, fecal transplantation"),
    ("nutrition and obesity", "nutrition, obesity, bariatric, celiac disease, MASLD, fatty liver"),
    ("GI oncology", "colorectal cancer, colon cancer, cancer screening, polyp, Lynch syndrome, neoplasia"),
    ("health services research", "outcomes research, health equity, disparities, claims data, cost-effectiveness"),
    ("clinical trials", "randomized trial, phase 2, phase 3, trial design, site investigator"),
    ("basic and translational science", "mouse model, organoid, single-cell, epithelial biology, immunology, bench"),
    ("informatics and artificial intelligence", "machine learning, informatics, natural language processing, big data"),
    ("medical education", "curriculum development, simulation, clerkship, fellowship program, education research"),
    ("quality improvement", "quality, patient safety, process improvement, adenoma detection rate, lean"),
)
# One that nobody needs any more, and one that said the same as another.
RETIRED = ("capsule endoscopy", "capsule, small bowel imaging")
MERGED, INTO = ("viral hepatitis", "hepatitis B, hepatitis C, HBV, HCV"), "hepatology and transplantation"
# Asked for far more often than it is offered.
NEEDS = ("grants", "independence", "promotion", "life")
MENTORS_SAY = 24


class Vocabulary:
    """The director’s list first, then what mentors and mentees tick; recruits follow with their papers."""

    def __init__(self, program: Program, director: Person, now: datetime) -> None:
        self.program, self.director, self.now = program, director, now
        self.interests: list[Term] = []

    def make(self) -> None:
        self.interests = [self._add(words, signs) for words, signs in INTERESTS]
        retired, merged = self._add(*RETIRED), self._add(*MERGED)
        self._offers(retired, merged)
        self._needs()
        retired.retire(by=self.director, now=self.now)
        merged.merge(next(one for one in self.interests if one.words == INTO), by=self.director, now=self.now)

    def _add(self, words: str, signs: str) -> Term:
        return Term.add(self.program, INTEREST, words, signs=signs, by=self.director, now=self.now)

    def needs_of(self, person: Person, *, now: datetime) -> None:
        """What a recruit says: the usual needs, and two interests after the letters of the name."""
        at = sum(map(ord, person.family_name))
        terms = [*self._codes(NEEDS), *self._works_on(at, 2), *self._codes(["in-person"])]
        Need.objects.change(self.program, person, terms=terms, by=person, now=now)

    def _codes(self, codes: Iterable[str]) -> list[Term]:
        known = {term.pk: term for term in Term.objects.filter(program=self.program)}
        return [known[standard_id(self.program, code)] for code in codes]

    def _works_on(self, at: int, count: int) -> list[Term]:
        interests = self.interests or list(Term.objects.filter(program=self.program, kind=INTEREST).offered())
        return [interests[(at + k * 5) % len(interests)] for k in range(count)]

    def _offers(self, retired: Term, merged: Term) -> None:
        for n, mentor in enumerate(self._people(Role.Kind.MENTOR).exclude(email=NDIAYE.email)[:MENTORS_SAY]):
            helps = [HELPS[(n * 5 + k * 3) % len(HELPS)] for k in range(3 + n % 4)]
            meets = [["in-person"], ["in-person", "by-video"], ["by-video"]][n % 3]
            before = [[retired], [merged], [], []][n % 4]
            terms = [*self._codes([*helps, *meets]), *self._works_on(n, 1 + n % 3), *before]
            Offer.objects.change(mentor, places=(None, 1, 2, 4)[n % 4], terms=terms, now=self.now)
        ndiaye = Person.objects.get(email=NDIAYE.email)
        said = self._codes([*NEEDS[:3], "publishing", "network", "in-person", "by-video"])
        Offer.objects.change(ndiaye, places=5, terms=[*said, *self._works_on(1, 3)], now=self.now)

    def _needs(self) -> None:
        """Half of those who are mentees already have said it; Jonas, who looks for a mentor, has not yet."""
        unsaid = [JONAS.email, LAURENT.email, EKSTROM.email]
        for n, mentee in enumerate(self._people(Role.Kind.MENTEE).exclude(email__in=unsaid)):
            if n % 2 == 0 or mentee.email == MEI.email:
                helps = [*NEEDS[: 1 + n % 3], HELPS[(n * 3) % len(HELPS)]]
                terms = [*self._codes(dict.fromkeys([*helps, "in-person"])), *self._works_on(n * 2, 1 + n % 2)]
                Need.objects.change(self.program, mentee, terms=terms, by=mentee, now=self.now)

    def _people(self, kind: str) -> QuerySet[Person]:
        roles = Role.objects.filter(program=self.program, kind=kind).on(self.program.day(self.now))
        return Person.objects.filter(roles__in=roles).order_by("sort_name")
