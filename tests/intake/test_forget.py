"""What a search needed goes ninety days after it."""

from datetime import timedelta

import time_machine

from telemachus.career.models import Aspirations, CurriculumVitae
from telemachus.intake import closing
from telemachus.intake.forget import forget_papers
from telemachus.intake.models import Letter, Recruit
from telemachus.intake.way import arrive
from telemachus.pairing.models import Pairing
from tests.cast import NOW, Cast
from tests.intake.recruits import introduced, noticed, sent_papers


def left_after(days: int) -> tuple[int, int, int]:
    later = NOW + timedelta(days=days)
    with time_machine.travel(later, tick=False):
        forget_papers(now=later)
    return CurriculumVitae.objects.count(), Aspirations.objects.count(), Letter.objects.count()


def _with_papers(cast: Cast) -> Recruit:
    recruit = noticed(cast)
    introduced(cast, recruit)
    sent_papers(recruit)
    return recruit


def test_papers_of_a_search_that_goes_on_stay(cast: Cast) -> None:
    _with_papers(cast)
    assert left_after(400) == (1, 1, 1)


def test_papers_go_ninety_days_after_the_pair_began(cast: Cast) -> None:
    recruit = _with_papers(cast)
    Pairing.objects.enter(
        cast.digestive, mentee=recruit.person, mentor=cast.halloran, begins=cast.today, by=None, now=cast.now
    )
    arrive(now=cast.now)
    assert left_after(89) == (1, 1, 1)
    assert left_after(90) == (0, 0, 0)


def test_papers_go_ninety_days_after_the_way_ended(cast: Cast) -> None:
    recruit = _with_papers(cast)
    closing.close(recruit, Recruit.Ending.DECLINED, by=cast.director, now=cast.now)
    assert left_after(89) == (1, 1, 1)
    assert left_after(90) == (0, 0, 0)


def test_papers_that_came_later_count_from_their_own_day(cast: Cast) -> None:
    """Mei has been in a pair for a year and sends a new CV."""
    sent_papers(Recruit(program=cast.digestive, person=cast.mei))
    assert left_after(89) == (1, 1, 0)
    assert left_after(90) == (0, 0, 0)


def test_papers_of_whoever_looks_for_another_mentor_stay(cast: Cast) -> None:
    sent_papers(Recruit(program=cast.digestive, person=cast.mei))
    cast.mei_osei.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    assert left_after(200) == (1, 1, 0)
