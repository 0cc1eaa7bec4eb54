"""A second letter to whoever has not answered."""

from datetime import timedelta

import time_machine
from django.urls import reverse

from telemachus.intake.models import Letter, Recruit
from tests.acts import ClientOf, sentences, twice, words
from tests.cast import NOW, Cast
from tests.intake.recruits import introduced, noticed, picked, senior, sent_papers
from tests.intake.test_introduce import offered as offered_at


def url(recruit: Recruit) -> str:
    return reverse("intake:remind", args=[recruit.pk])


def offered(client_of: ClientOf, cast: Cast, recruit: Recruit) -> dict:
    return offered_at(client_of, cast, recruit, url(recruit))


def test_remind_sends_a_second_letter_and_a_double_click_no_third(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    given = offered(client_of, cast, recruit)
    assert "first" not in given, "the times of the first letter are still on offer"
    first, second = twice(client_of(cast.director), url(recruit), given)
    assert sentences(first) == ["The reminder to Alina Kuznetsova is on its way."]
    assert sentences(second)[-1] == "A reminder has been sent just now."
    assert [letter.kind for letter in recruit.letters.all()] == ["introduction", "reminder"]
    assert recruit.times.count() == 3


def test_remind_brings_new_times_where_the_first_have_passed(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        given = offered(client_of, cast, recruit)
        assert client_of(cast.director).post(url(recruit), given).status_code == 302
        assert [each.at > NOW + timedelta(days=15) for each in recruit.times.all()] == [True] * 3
    assert recruit.letters.count() == 2


def test_remind_with_times_does_not_undo_a_time_that_was_agreed_meanwhile(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    later = NOW + timedelta(days=15)
    with time_machine.travel(later, tick=False):
        given = offered(client_of, cast, recruit)
        recruit.propose([later + timedelta(days=4)], by=cast.director, now=later)
        recruit.pick(later + timedelta(days=4), by=recruit.person, now=later)
        answer = client_of(cast.director).post(url(recruit), given)
    assert answer.status_code == 422
    assert "A time has been agreed since you opened this page" in words(answer)
    recruit.refresh_from_db()
    assert (recruit.meets_at, recruit.letters.count()) == (later + timedelta(days=4), 1)


def test_remind_keeps_its_own_wording(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    given = {**offered(client_of, cast, recruit), "body": "Dear Alina, once more.", "keep": "on"}
    client_of(cast.director).post(url(recruit), given)
    other = noticed(cast, "Oyelaran", "Tunde")
    introduced(cast, other)
    assert "Dear Tunde, once more." in words(client_of(cast.director).get(url(other)))


def test_remind_of_what_is_missing_thanks_for_the_time_that_was_chosen(cast: Cast, client_of: ClientOf) -> None:
    """“I have not heard from you yet” would be untrue."""
    recruit = noticed(cast)
    introduced(cast, recruit)
    picked(cast, recruit)
    page = client_of(cast.director).get(url(recruit))
    body = page.context["form"].initial["body"]
    assert body.startswith("Dear Alina,\n\nThank you for choosing a time")
    assert "\n- your CV\n- a few lines on what you hope for\n" in body
    assert not [words for words in ("have not heard", "choose a time", "a time for our", "[") if words in body]
    assert 'name="keep"' not in page.content.decode(), "it is no wording for the next recruit"
    given = offered(client_of, cast, recruit)
    assert client_of(cast.director).post(url(recruit), given).status_code == 302
    assert recruit.letters.count() == 2


def test_remind_of_a_time_thanks_for_the_papers(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    sent_papers(recruit)
    body = client_of(cast.director).get(url(recruit)).context["form"].initial["body"]
    assert "Thank you for your answer." in body
    assert "- a time for our first meeting" in body
    assert "your CV" not in body


def test_remind_before_the_introduction_is_refused(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).get(url(noticed(cast)))
    assert (answer.status_code, "Send the introduction first." in words(answer)) == (409, True)


def test_remind_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    people = {"director": 200, "coordinator": 403, "chief": 404, "mei": 404, "other_director": 404}
    assert {who: client_of(getattr(cast, who)).get(url(recruit)).status_code for who in people} == people
    assert client_of(cast.coordinator).post(url(recruit), {"body": "x"}).status_code == 403
    assert Letter.objects.count() == 1


def test_remind_of_a_higher_rank_has_no_times(cast: Cast, client_of: ClientOf) -> None:
    recruit = senior(cast)
    recruit.write(Letter.Kind.WELCOME, "Welcome", by=cast.director, now=cast.now)
    assert "first" not in offered(client_of, cast, recruit)
