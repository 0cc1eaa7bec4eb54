"""What the columns of a list of recruits are called, as hiring leads name them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.career.roster_columns import SYNONYMS, Sheet
from telemachus.career.roster_columns import words as roster_words

PEOPLE = (
    "recruit", "recruit name", "name of recruit", "new recruit", "candidate", "candidate name", "new faculty",
    "new faculty member", "new hire", "hire",
)  # fmt: skip


def words(field: str) -> str:
    """A field in the program's words."""
    own = {"begins": _("start day"), "lead": _("hiring lead")}
    return own.get(field) or roster_words(field)


RECRUITS = Sheet(
    synonyms={
        "name": (*SYNONYMS["name"], *PEOPLE),
        "family": SYNONYMS["family"],
        "given": SYNONYMS["given"],
        "email": (
            *SYNONYMS["email"], "contact email", "contact e mail", "personal email", "personal e mail", "private email",
        ),
        "title": (
            "proposed title", "proposed job title", "proposed academic title", "proposed appointment", "title proposed",
            *SYNONYMS["title"], "rank and series", "series and rank", "appointment", "position",
        ),
        "step": ("proposed step", *SYNONYMS["step"]),
        "begins": (
            "start", "start day", "proposed start", "proposed start date", "anticipated start",
            "anticipated start date", "expected start", "expected start date", "target start", "target start date",
            "planned start", "starts", "starting", "first day", "begins", "begin", "effective date", "hire date",
            "arrival", *SYNONYMS["begins"],
        ),
        "lead": (
            "hiring lead", "hiring lead id", "hiring lead number", "hiring lead employee number", "lead",
            "search lead", "search chair", "hiring manager", "hiring manager id", "recruited by", "contact",
        ),
    },
    asked=("name", "email", "title", "begins"),
    needed=("name", "email", "title", "begins"),
    telling=("name", "email", "title", "begins"),
    words=words,
    lacks=gettext_lazy("A list of recruits needs a column for each of these: %(columns)s."),
    unlike=gettext_lazy(
        "This does not look like a list of recruits: at least two columns should have a telling name, such as "
        "Legal Name, Work Email, Proposed Title or Start."
    ),
)  # fmt: skip
