"""An expired sign-in, a closed tab, a double click, the back button: nothing doubled, nothing lost."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from telemachus.audit.models import Event
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from tests.cast import Cast
from tests.journeys.acts import ask_for_code

pytestmark = pytest.mark.browser


@pytest.fixture
def mentee(cast: Cast, page: Page, sign_in) -> Page:
    sign_in(page, cast.mei)
    return page


@pytest.fixture
def mentor(cast: Cast, new_page, sign_in) -> Page:
    page: Page = new_page()
    sign_in(page, cast.osei)
    return page


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).first


def events(kind: str) -> int:
    return Event.objects.filter(kind=f"meetings.{kind}").count()


def test_session_that_ends_in_the_log_form_keeps_what_was_typed(cast: Cast, mentee: Page, server):
    day = cast.ago(17).isoformat()
    mentee.goto(reverse("meetings:log", args=[cast.mei_osei.pk]))
    mentee.get_by_label("The day on which you met").fill(day)
    Session.objects.all().delete()
    button(mentee, "We met on this day").click()
    mentee.get_by_role("link", name="Mail me a code instead").click()
    ask_for_code(mentee, server, cast.mei)

    expect(mentee.get_by_label("The day on which you met")).to_have_value(day)
    assert not Meeting.objects.exists()
    button(mentee, "We met on this day").click()
    expect(mentee.get_by_text("Once the other of you confirms it")).to_be_visible()
    assert Meeting.objects.get().day.isoformat() == day


def test_session_that_ends_in_the_arrange_form_keeps_what_was_typed(cast: Cast, mentee: Page, server):
    day = cast.ago(-17).isoformat()
    mentee.goto(reverse("meetings:arrange", args=[cast.mei_osei.pk]))
    mentee.get_by_label("Day").fill(day)
    mentee.get_by_label("Time").fill("16:40")
    Session.objects.all().delete()
    button(mentee, "Set this time").click()
    mentee.get_by_role("link", name="Mail me a code instead").click()
    ask_for_code(mentee, server, cast.mei)

    expect(mentee.get_by_label("Day")).to_have_value(day)
    expect(mentee.get_by_label("Time")).to_have_value("16:40")
    button(mentee, "Set this time").click()
    expect(mentee.get_by_text("The time is set.")).to_be_visible()
    assert AppointmentToMeet.objects.count() == 1


def test_session_that_ends_meets_no_other_persons_words(cast: Cast, mentee: Page, server):
    mentee.goto(reverse("meetings:arrange", args=[cast.mei_osei.pk]))
    mentee.get_by_label("Time").fill("16:40")
    Session.objects.all().delete()
    button(mentee, "Set this time").click()
    mentee.goto("/account/sign-in/code/")
    ask_for_code(mentee, server, cast.osei)
    mentee.goto(reverse("meetings:arrange", args=[cast.mei_osei.pk]))
    expect(mentee.get_by_label("Time")).to_have_value("")


def test_tab_closed_in_the_form_registers_nothing(cast: Cast, mentee: Page):
    mentee.goto(reverse("meetings:log", args=[cast.mei_osei.pk]))
    mentee.get_by_label("The day on which you met").fill(cast.ago(3).isoformat())
    context = mentee.context
    mentee.close()
    again = context.new_page()
    again.goto(reverse("meetings:log", args=[cast.mei_osei.pk]))
    expect(again.get_by_label("The day on which you met")).to_have_value(cast.today.isoformat())
    assert not Meeting.objects.exists()


def test_tab_closed_after_the_click_registers_once(cast: Cast, mentee: Page):
    mentee.goto(reverse("meetings:log", args=[cast.mei_osei.pk]))
    context = mentee.context
    with mentee.expect_request(lambda request: request.method == "POST"):
        button(mentee, "We met on this day").click(no_wait_after=True)
    mentee.close()
    again = context.new_page()
    again.goto(reverse("meetings:log", args=[cast.mei_osei.pk]))
    button(again, "We met on this day").click()
    expect(again.get_by_role("alert").get_by_text("This date is registered already.")).to_be_visible()
    assert (Meeting.objects.count(), events("logged")) == (1, 1)


def test_double_click_on_what_the_mentee_does_does_it_once(cast: Cast, mentee: Page):
    pair = reverse("meetings:pair", args=[cast.mei_osei.pk])
    mentee.goto(reverse("meetings:log", args=[cast.mei_osei.pk]))
    button(mentee, "We met on this day").dblclick()
    expect(mentee.get_by_text("Once the other of you confirms it")).to_be_visible()
    assert events("logged") == 1

    button(mentee, "Take it back").dblclick()
    expect(mentee.get_by_text("Taken back.")).to_be_visible()
    assert (Meeting.objects.count(), events("withdrawn")) == (0, 1)

    button(mentee, "I’d like to talk").dblclick()
    expect(mentee.get_by_text("gets a line from us")).to_be_visible()
    assert (TalkWish.objects.count(), events("talk_wished")) == (1, 1)

    mentee.goto(reverse("meetings:arrange", args=[cast.mei_osei.pk]))
    mentee.get_by_label("Day").fill(cast.ago(-17).isoformat())
    mentee.get_by_label("Time").fill("16:40")
    button(mentee, "Set this time").dblclick()
    expect(mentee.get_by_text("The time is set.")).to_be_visible()
    assert (AppointmentToMeet.objects.count(), events("arranged")) == (1, 1)

    mentee.get_by_role("link", name="Move", exact=True).click()
    mentee.get_by_label("Time").fill("17:40")
    button(mentee, "Move it").dblclick()
    expect(mentee.get_by_text("Moved.")).to_be_visible()
    assert events("moved") == 1

    mentee.goto(pair)
    button(mentee, "Cancel").dblclick()
    expect(mentee.get_by_text("Cancelled.")).to_be_visible()
    assert (AppointmentToMeet.objects.count(), events("cancelled")) == (0, 1)


def test_double_click_on_what_the_mentor_answers_answers_once(cast: Cast, mentor: Page):
    for days, name, kind, said in (
        (2, "Yes, we met", "confirmed", "Registered: the date, and nothing else."),
        (3, "That’s not right", "not_right", "Taken out."),
    ):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(days), by=cast.mei, now=cast.now)
        mentor.goto("/")
        button(mentor, name).dblclick()
        expect(mentor.get_by_text(said)).to_be_visible()
        assert events(kind) == 1
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(5), now=cast.now)
    mentor.goto("/")
    button(mentor, "No").dblclick()
    expect(mentor.get_by_text("Then nothing is registered.")).to_be_visible()


def test_back_button_after_a_post_does_nothing_twice(cast: Cast, mentee: Page):
    mentee.goto(reverse("meetings:log", args=[cast.mei_osei.pk]))
    button(mentee, "We met on this day").click()
    expect(mentee.get_by_text("Once the other of you confirms it")).to_be_visible()
    mentee.go_back()
    expect(mentee.get_by_role("heading", name="You met Kwame Osei")).to_be_visible()
    assert events("logged") == 1
    expect(button(mentee, "We met on this day")).to_be_enabled()
    button(mentee, "We met on this day").click()
    expect(mentee.get_by_role("alert").get_by_text("This date is registered already.")).to_be_visible()
    assert (Meeting.objects.count(), events("logged")) == (1, 1)


def test_page_that_is_out_of_date_says_what_is_true_now(cast: Cast, mentor: Page):
    """What was open on Today is answered elsewhere meanwhile: a sentence, on the page from which it was pressed."""
    meeting = Meeting.objects.log(cast.mei_osei, day=cast.ago(2), by=cast.mei, now=cast.now)
    mentor.goto("/")
    meeting.confirm(by=cast.osei, now=cast.now + timedelta(seconds=1))
    button(mentor, "Yes, we met").click()
    expect(mentor.get_by_text("Nothing is left to confirm")).to_be_visible()
    assert events("confirmed") == 1
