"""The people of the demo division whom a visitor can be, and what each is there to show."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """`key` is the part of the mail address before the @."""

    key: str
    given: str
    family: str
    what: Promise

    @property
    def email(self) -> str:
        return f"{self.key}@{HOST}"

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


HOST = "medicine.example.edu"

MEI = Part("mtanaka", "Mei", "Tanaka", _("Mentee in her second year. She met her mentor and has a question to answer."))
JONAS = Part("jweber", "Jonas", "Weber", _("Mentee who has no mentor yet."))
LUCIA = Part("lokafor", "Lucía", "Okafor", _("Mentee whose mentor says that they met."))
NDIAYE = Part("vndiaye", "Vikram", "Ndiaye", _("Mentor of three, between two procedures."))
EKSTROM = Part("uekstrom", "Ulla", "Ekström", _("Mentor: one pair has ended, and she sees nothing of it any more."))
LAURENT = Part("elaurent", "Elena", "Laurent", _("Mentoring director, who also mentors."))
RUTH = Part("rokonkwo", "Ruth", "Okonkwo", _("Academic personnel coordinator: keeps the register."))
CHIEF = Part(
    "swhitfield",
    "Samuel",
    "Whitfield",
    _("Division chief, who also mentors. Sees conferences, never when others met."),
)
NADIA = Part(
    "nhaddad", "Nadia", "Haddad", _("Member of the management committee, and the director’s deputy for her own pair.")
)
KWAME = Part("kmoreno", "Kwame", "Moreno", _("Volunteer faculty: a colleague who is in no pair."))
GRACE = Part("glim", "Grace", "Lim", _("Assistant: arranges Dr. Ndiaye’s times and sees nothing else."))
INES = Part("iwojcik", "Ines", "Wójcik", _("Mentor in two divisions."))
NOVAK = Part("pnovak", "Peter", "Novak", _("Has left the division."))
ALINA = Part("apetrova", "Alina", "Petrova", _("Recruit who has just been written to: picks a time, sends her CV."))
TUNDE = Part("tadebayo", "Tunde", "Adebayo", _("Recruit who has met the director and chooses a mentor."))
AMARA = Part("adiallo", "Amara", "Diallo", _("Director of another division, Cardiology."))

CAST = (MEI, JONAS, LUCIA, ALINA, TUNDE, NDIAYE, EKSTROM, LAURENT, RUTH, CHIEF, NADIA, KWAME, GRACE, INES, NOVAK, AMARA)
