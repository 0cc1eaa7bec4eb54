"""Papers sent, completed, confirmed and named by several at once."""

import pytest

from telemachus.career.models import CurriculumVitae, OtherMentor, StatusForm
from telemachus.career.status_form import Rows, name_other_mentor
from telemachus.lib.document import Document
from tests.cast import Cast
from tests.races.together import CROWD, again, one_wins, together

pytestmark = pytest.mark.races


def test_six_sendings_leave_one_cv(cast: Cast) -> None:
    def send(number: int) -> None:
        document = Document("pdf", b"%PDF-" + bytes([number]) * 1000, 1, f"{number}.pdf")
        CurriculumVitae.objects.receive(cast.digestive, cast.mei, document=document, by=cast.mei, now=cast.now)

    outcome = together(*((lambda number=number: send(number)) for number in range(CROWD)))
    assert len(outcome.winners) == CROWD
    kept = CurriculumVitae.objects.get()
    assert bytes(kept.content)[5:] == bytes([int(kept.name[0])]) * 1000


def test_form_opened_six_times_is_completed_once(cast: Cast) -> None:
    """Also the first time, when there is no row yet that could be locked."""

    def complete() -> None:
        form = StatusForm(program=cast.digestive, person=cast.mei)
        rows = Rows(grants=[{"mechanism": "K23", "status": "applied"}])
        form.complete(by=cast.coordinator, now=cast.now, rows=rows, revision=0)

    one_wins(*[complete] * CROWD)
    assert StatusForm.objects.get().grants.count() == 1


def test_form_is_confirmed_or_completed_anew_never_unseen(cast: Cast) -> None:
    form = StatusForm(program=cast.digestive, person=cast.mei)
    form.complete(by=cast.coordinator, now=cast.now, rows=Rows(), revision=0)
    seen, open_page = again(form), again(form)
    together(
        lambda: seen.confirm(by=cast.mei, now=cast.now),
        lambda: open_page.complete(by=cast.coordinator, now=cast.now, rows=Rows(), revision=1, joint_site="new"),
    )
    kept = again(form)
    assert (kept.revision, kept.joint_site, kept.confirmed_on) == (2, "new", None)


def test_mentor_named_six_times_stands_once(cast: Cast) -> None:
    def name() -> None:
        name_other_mentor(cast.digestive, cast.mei, cast.osei, "research", by=cast.mei, now=cast.now)

    outcome = together(*[name] * CROWD)
    assert OtherMentor.objects.count() == 1
    assert outcome.events == ["career.other_mentor_named"]
