"""The director's letter with three times (R2): drafted, changed where one likes, sent once."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from telemachus.intake import letters
from telemachus.intake.models import Letter, Recruit, Wording
from telemachus.intake.times import free_times
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.intake.recruits import introduced, noticed, senior

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def url(recruit: Recruit) -> str:
    return reverse("intake:introduce", args=[recruit.pk])


def offered(client_of: ClientOf, cast: Cast, recruit: Recruit, page: str = "") -> dict[str, Any]:
    """What the page sends where nothing is changed."""
    form = client_of(cast.director).get(page or url(recruit)).context["form"]
    given = {field.name: field.value() for field in form}
    return {name: f"{v:%Y-%m-%dT%H:%M}" if isinstance(v, datetime) else v for name, v in given.items() if v}


def test_introduce_is_one_click_where_nothing_is_changed(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    given = offered(client_of, cast, recruit)
    answer = client_of(cast.director).post(url(recruit), given)
    assert sentences(answer) == ["The letter to Alina Kuznetsova is on its way."]
    letter = recruit.letters.get()
    assert (letter.kind, letter.by) == (Letter.Kind.INTRODUCTION, cast.director)
    assert "Dear Alina," in letter.body and "Ines Duarte" in letter.body and "[" not in letter.body  # noqa: PT018
    assert (
        "Tuesday 20 October, 10:00 (PDT)\nWednesday 21 October, 13:00 (PDT)\nThursday 22 October, 16:00 (PDT)"
        in letter.body
    )
    assert reverse("intake:mine", args=["digestive"]) in letter.body
    local = [each.at.astimezone(LOS_ANGELES) for each in recruit.times.all()]
    assert [(at.day, at.hour) for at in local] == [(20, 10), (21, 13), (22, 16)]
    assert (recorded("intake.written_to"), recorded("intake.times_proposed")) == (1, 1)


def test_introduce_sends_what_the_director_made_of_it(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    given = {"body": "Dear [given name] [family name],\nSee you: [times]", "first": "2026-11-03T09:30"}
    client_of(cast.director).post(url(recruit), given)
    assert recruit.letters.get().body == "Dear Alina Kuznetsova,\nSee you: Tuesday 3 November, 09:30 (PST)"
    assert recruit.times.get().at == datetime(2026, 11, 3, 9, 30, tzinfo=LOS_ANGELES)
    assert not Wording.objects.exists()


def test_introduce_twice_sends_one_letter(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    _first, second = twice(client_of(cast.director), url(recruit), offered(client_of, cast, recruit))
    assert sentences(second)[-1] == "This letter has been sent already."
    assert (Letter.objects.count(), recruit.times.count()) == (1, 3)


def test_introduce_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    people = {"director": 200, "directing_mentor": 200, "coordinator": 403, "chief": 404, "mei": 404,
              "other_director": 404, "stranger": 404}  # fmt: skip
    assert {who: client_of(getattr(cast, who)).get(url(recruit)).status_code for who in people} == people
    assert client_of(cast.coordinator).post(url(recruit), {"body": "x"}).status_code == 403
    assert client_of(recruit.person).get(url(recruit)).status_code == 404
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"body": "Dear [surname],"}, "[surname] would go out as it stands."),
        ({"body": ""}, "This field is required."),
        ({"first": "", "second": "", "third": ""}, "Propose at least one time."),
        ({"first": "2026-10-13T10:00"}, "This time has passed."),
        ({"first": "2062-10-13T10:00"}, "Look at the year once more: 2062."),
        ({"first": "2026-10-21T13:00"}, "Propose different times."),
        ({"first": "tomorrow"}, "Enter a valid date/time."),
        ({"first": "2027-03-14T02:30"}, "this time does not exist, or comes twice"),
    ],
)
def test_introduce_says_beside_the_field_what_is_wrong(cast, client_of, given: dict[str, str], sentence: str) -> None:
    recruit = noticed(cast)
    body = {"body": "My own words, [given name]."}
    answer = client_of(cast.director).post(url(recruit), {**offered(client_of, cast, recruit), **body, **given})
    assert answer.status_code == 422
    assert sentence in words(answer).replace("'", "’")
    assert given.get("body", body["body"]) in words(answer), "what was typed stays"
    assert not Letter.objects.exists()
    assert not recruit.times.exists()


def test_introduce_keeps_the_wording_without_the_recruits_name(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    body = "Alina, welcome to Digestive Diseases! Alinas are rare. Ines Duarte and Dr. Kuznetsova: [times]"
    client_of(cast.director).post(url(recruit), {**offered(client_of, cast, recruit), "body": body, "keep": "on"})
    kept = "[given name], welcome to [program]! Alinas are rare. [director] and Dr. [family name]: [times]"
    assert Wording.objects.get().body == kept
    second = noticed(cast, "Oyelaran", "Tunde")
    drafted = letters.draft(second, Letter.Kind.INTRODUCTION, by=cast.directing_mentor)
    assert drafted.startswith("Tunde, welcome to Digestive Diseases!")
    assert "Paul Brandt and Dr. Oyelaran" in drafted
    sofia = letters.wording(cast.cardiology, Letter.Kind.INTRODUCTION)
    assert "Alinas" not in sofia, "another program has its own"


def test_introduce_offers_no_time_that_somebody_else_has(cast: Cast) -> None:
    first = free_times(cast.digestive, cast.now)
    recruit = noticed(cast)
    recruit.propose(first, by=cast.director, now=cast.now)
    second = free_times(cast.digestive, cast.now)
    assert not set(first) & set(second)
    assert {at.isocalendar().week for at in second} == {first[0].isocalendar().week}
    assert free_times(cast.cardiology, cast.now) == first


def test_introduce_of_a_higher_rank_is_a_welcome_without_times(cast: Cast, client_of: ClientOf) -> None:
    recruit = senior(cast)
    page = words(client_of(cast.director).get(url(recruit)))
    assert "Welcome Ari Feldman" in page
    assert "First time" not in page
    answer = client_of(cast.director).post(url(recruit), offered(client_of, cast, recruit))
    assert answer.status_code == 302
    assert recruit.letters.get().kind == Letter.Kind.WELCOME
    assert not recruit.times.exists()


def test_introduce_without_an_address_says_whom_to_ask(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    given = offered(client_of, cast, recruit)
    recruit.person.change(by=cast.coordinator, now=cast.now, email=None)
    answer = client_of(cast.director).post(url(recruit), given)
    assert answer.status_code == 422
    assert "has no email address here. The coordinator can add it." in words(answer)


def test_introduce_goes_anew_after_the_address_is_corrected(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit).come_back(by=cast.coordinator, now=cast.now)
    given = offered(client_of, cast, recruit)
    assert client_of(cast.director).post(url(recruit), given).status_code == 302
    assert [letter.came_back_on for letter in recruit.letters.all()] == [cast.today, None]


def test_introduce_of_an_ended_way_says_so(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    recruit.close(Recruit.Ending.DECLINED, by=cast.director, now=cast.now)
    answer = client_of(cast.director).get(url(recruit))
    assert answer.status_code == 409
    assert "This has been closed already." in words(answer)


def test_introduce_sends_letter_and_times_or_neither(cast: Cast) -> None:
    recruit = noticed(cast)
    past = [cast.now - timedelta(days=1)]
    with pytest.raises(Exception, match="lies in the future"):
        letters.introduce(recruit, "Hello", past, by=cast.director, now=cast.now)
    assert not Letter.objects.exists()
