"""The coordinator enters a date from a signed slip, or as somebody told it."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.meetings.models import Meeting
from telemachus.pairing.models import Pairing
from telemachus.program.models import Role
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast


def url(pairing: Pairing) -> str:
    return reverse("meetings:file", args=[pairing.pk])


def told(cast: Cast, days: int = 5, on: int = 1) -> dict[str, Any]:
    return {"day": cast.ago(days), "how": "told", "told_by": cast.mei.pk, "told_on": cast.ago(on)}


def test_page_files_a_slip(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.coordinator).post(url(cast.mei_osei), {"day": cast.ago(5), "how": "slip"})
    meeting = Meeting.objects.get()
    assert (answer["Location"], sentences(answer)) == (
        reverse("meetings:dates", args=[cast.mei_osei.pk]),
        ["Registered."],
    )
    assert (meeting.state, meeting.how, meeting.confirmed_by, meeting.told_by) == (
        "confirmed",
        "slip",
        cast.coordinator,
        None,
    )


def test_page_files_what_was_told(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.coordinator).post(url(cast.mei_osei), told(cast))
    meeting = Meeting.objects.get()
    assert (meeting.how, meeting.told_by, meeting.told_on) == ("told", cast.mei, cast.ago(1))


def test_page_forgets_the_teller_of_a_slip(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.coordinator).post(url(cast.mei_osei), {**told(cast), "how": "slip"})
    meeting = Meeting.objects.get()
    assert (meeting.how, meeting.told_by, meeting.told_on) == ("slip", None, None)


@pytest.mark.parametrize("left_out", ["told_by", "told_on"])
def test_page_asks_who_told_and_when(cast: Cast, client_of: ClientOf, left_out: str) -> None:
    answer = client_of(cast.coordinator).post(url(cast.mei_osei), {**told(cast), left_out: ""})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [left_out])
    assert f'value="{cast.ago(5)}"' in answer.content.decode()


@pytest.mark.parametrize(("days", "on"), [(5, 6), (5, -1)], ids=["before it was held", "tomorrow"])
def test_told_on_an_impossible_day_is_refused(cast: Cast, client_of: ClientOf, days: int, on: int) -> None:
    answer = client_of(cast.coordinator).post(url(cast.mei_osei), told(cast, days, on))
    assert "Nobody told it before it was held, nor later than today" in words(answer)
    assert not Meeting.objects.exists()


def test_page_takes_only_the_two_as_tellers(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.coordinator).post(url(cast.mei_osei), {**told(cast), "told_by": cast.jonas.pk})
    assert (answer.status_code, Meeting.objects.count()) == (422, 0)


def test_filing_answers_what_is_open(cast: Cast) -> None:
    Meeting.objects.log(cast.mei_osei, day=cast.ago(5), by=cast.mei, now=cast.now)
    Meeting.objects.record_for_pair(
        cast.mei_osei, day=cast.ago(5), how=Meeting.How.SLIP, by=cast.coordinator, now=cast.now
    )
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.how) == ("confirmed", "slip")


def test_filing_of_an_ended_pair_holds_to_its_days(cast: Cast) -> None:
    """A slip comes late: the last day of a pair that has ended can be entered, the day after cannot."""

    def file(days: int) -> None:
        how, by = Meeting.How.SLIP, cast.coordinator
        Meeting.objects.record_for_pair(cast.mei_halloran, day=cast.ago(days), how=how, by=by, now=cast.now)

    file(401)
    with pytest.raises(Refused, match="This pair ended on"):
        file(400)


def test_page_posted_twice_registers_once(cast: Cast, client_of: ClientOf) -> None:
    given = {"day": cast.ago(5), "how": "slip"}
    first, second = twice(client_of(cast.coordinator), url(cast.mei_osei), given)
    assert (first.status_code, second.status_code, recorded("meetings.recorded")) == (302, 422, 1)
    assert "This date is registered already." in words(second)


def test_filing_a_registered_date_is_a_conflict(cast: Cast) -> None:
    for by in (cast.mei, cast.osei):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(5), by=by, now=cast.now)
    with pytest.raises(Conflict, match="registered already"):
        Meeting.objects.record_for_pair(
            cast.mei_osei, day=cast.ago(5), how=Meeting.How.SLIP, by=cast.coordinator, now=cast.now
        )
    assert Meeting.objects.get().how == "both"


def test_page_is_the_coordinators(cast: Cast, client_of: ClientOf) -> None:
    people = {"coordinator": 200, "director": 403, "mei": 403, "osei": 403, "chief": 404, "other_coordinator": 404}
    answers = {name: client_of(getattr(cast, name)).get(url(cast.mei_osei)).status_code for name in people}
    assert answers == people


def test_coordinator_files_nothing_for_oneself(cast: Cast, client_of: ClientOf) -> None:
    """Nobody administers oneself: not a coordinator who is also a mentee."""
    cast.digestive.grant(cast.mei, Role.Kind.COORDINATOR, since=cast.ago(9), by=None, now=cast.now)
    given = {"day": cast.ago(5), "how": "slip"}
    both = client_of(cast.mei)
    assert both.post(url(cast.jonas_osei), given).status_code == 302
    assert both.post(url(cast.mei_osei), given).status_code == 403
    assert Meeting.objects.get().pairing == cast.jonas_osei
