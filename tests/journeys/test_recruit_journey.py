"""A recruit becomes a mentored colleague: from the notice to a first meeting in the register, as four people do it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Locator, Page, expect

from telemachus.intake.models import Recruit
from telemachus.meetings.models import Meeting
from telemachus.notify.schedule import run_due
from telemachus.notify.worker import run_once
from telemachus.pairing.models import Offer, Pairing
from telemachus.people.models import Person
from tests.cast import Cast
from tests.documents import pdf
from tests.journeys.acts import exported, path_in
from tests.journeys.test_counts import Hand
from tests.pairing.terms import terms

pytestmark = [pytest.mark.browser, pytest.mark.journey]

NAME, LISTED, MAIL = "Alina Kuznetsova", "Kuznetsova, Alina", "alina.kuznetsova@division.example"
GRANTS, LIFE = "first grants and keeping funding going", "a life outside work"
HOPE = "To lead a trial of my own on the small bowel."


@dataclass
class Stage:
    """Who plays, and the mail that they get."""

    cast: Cast
    mails: list[EmailMessage]
    sign_in: Callable[[Page, Person], None]
    coordinator: Hand
    director: Hand
    mentee: Hand
    mentor: Hand

    def mail_to(self, person: Person) -> EmailMessage:
        """The one that what was done just now sends to this person."""
        self.mails.clear()
        run_once()
        [mail] = [mail for mail in self.mails if person.email in mail.to]
        return mail

    def follow(self, hand: Hand, person: Person) -> str:
        """Open the page to which the newest mail leads; what the mail says."""
        mail = self.mail_to(person)
        hand.page.goto(path_in(str(mail.body)))
        return str(mail.body)


@pytest.fixture
def stage(cast: Cast, new_page: Callable[..., Page], sign_in: Callable[[Page, Person], None], mailoutbox) -> Stage:
    def hand(person: Person) -> Hand:
        page = new_page()
        sign_in(page, person)
        return Hand(page)

    Offer.objects.change(cast.osei, places=None, terms=terms(cast.digestive, "grants", "life"), now=cast.now)
    people = (cast.coordinator, cast.director, cast.osei)
    coordinator, director, mentor = map(hand, people)
    return Stage(cast, mailoutbox, sign_in, coordinator, director, Hand(new_page(width=390)), mentor)


def test_recruit_is_announced_met_paired_and_stands_in_the_register(stage: Stage):
    """Every press, tick, choice and file counts; typing, and opening what a mail or Today leads to, do not.

    Director 7, of 16 aimed at: letter 2, meeting with packet 1, list 2, question 1, introduction 1.
    Mentor 2, as aimed at: accept on the page of the mail 1, confirm the first meeting 1; the CV is one more to open.
    Coordinator 5, of 4 aimed at: announce 2 and export 1 from Today, though no step can ask for them; status form 2.
    Mentee 17, with no number aimed at: time 1, CV 2, aspirations 2, needs 4, status form 1,
    choice 5 (a name, three papers, the answer to R9 that sends it), first meeting 2.
    """
    recruit = _announce(stage)
    _introduce(stage, recruit)
    _answer_letter(stage, recruit)
    _settle_status(stage, recruit)
    _meet_director(stage, recruit)
    _name_and_choose(stage, recruit)
    _ask_and_accept(stage, recruit)
    _become_a_pair(stage, recruit)
    _meet_mentor(stage, recruit)
    _export(stage)
    presses = {name: getattr(stage, name).presses for name in ("coordinator", "director", "mentee", "mentor")}
    assert presses == {"coordinator": 5, "director": 7, "mentee": 17, "mentor": 2}


def _announce(stage: Stage) -> Recruit:
    hand, page = stage.coordinator, stage.coordinator.page
    page.goto("/")
    hand.press(page.get_by_role("link", name="Announce a new colleague"))
    given, family = NAME.split()
    starts = (stage.cast.today + timedelta(days=30)).isoformat()
    for label, said in (
        ("Given name", given), ("Family name", family), ("Email address", MAIL),
        ("Job title", "ASST PROF IN RES-HCOMP"),
        ("Start day", starts),
    ):  # fmt: skip
        page.get_by_label(label).fill(said)
    hand.press(page.get_by_role("button", name="Announce", exact=True))
    expect(page.get_by_text(f"{NAME} is announced to the director.")).to_be_visible()
    return Recruit.objects.select_related("person").get(person__email=MAIL)


def _introduce(stage: Stage, recruit: Recruit) -> None:
    """The drafted letter with its three times goes as it is; it brings all of them to the recruit."""
    hand, page = stage.director, stage.director.page
    assert NAME not in stage.follow(hand, stage.cast.director)
    hand.press(_step(page, f"{NAME} is coming: send the introduction.").get_by_role("link"))
    hand.press(page.get_by_role("button", name="Send letter and times"))
    expect(page.get_by_text(f"The letter to {NAME} is on its way.")).to_be_visible()
    letter = str(stage.mail_to(recruit.person).body)
    zone = ZoneInfo(stage.cast.digestive.zone)
    times = [date_format(each.at.astimezone(zone), "l j F, H:i") for each in recruit.times.all()]
    assert len(times) == 3
    assert all(f"{time} (" in letter for time in times)
    stage.sign_in(stage.mentee.page, recruit.person)
    stage.mentee.page.goto(path_in(letter))
    expect(stage.mentee.page.get_by_role("region", name="An hour with your director")).to_contain_text(times[0])


def _answer_letter(stage: Stage, recruit: Recruit) -> None:
    """On the page of the letter: a time, CV and aspirations; and on one of its own, with what help is wanted."""
    hand, page = stage.mentee, stage.mentee.page
    hand.press(page.get_by_role("region", name="An hour with your director").get_by_role("button").first)
    expect(page.get_by_text("Agreed: you meet your director on")).to_be_visible()
    assert "Your first meeting with your director stands" in str(stage.mail_to(recruit.person).body)
    _choose_file(hand, page.get_by_label("File"))
    hand.press(page.get_by_role("button", name="Send it"))
    expect(page.get_by_text("Your CV is here.", exact=True)).to_be_visible()
    hand.press(page.get_by_text("Write it here"))
    page.get_by_label("In five years").fill(HOPE)
    hand.press(page.get_by_role("button", name="Keep this"))
    hand.press(page.get_by_role("link", name="Choose topics"))
    for topic in (GRANTS, LIFE):
        hand.press(page.get_by_label(topic))
    hand.press(page.get_by_role("button", name="Keep this"))
    expect(page.get_by_text("Kept. The director goes by this")).to_be_visible()


def _choose_file(hand: Hand, field: Locator) -> None:
    hand.presses += 1
    field.set_input_files({"name": "cv.pdf", "mimeType": "application/pdf", "buffer": pdf()})


def _settle_status(stage: Stage, recruit: Recruit) -> None:
    hand, page = stage.coordinator, stage.coordinator.page
    page.goto("/")
    hand.press(_step(page, f"Complete the academic status form of {NAME}.").get_by_role("link"))
    page.get_by_label("Committees").fill("Trainee selection")
    # The first button of the form is for the Enter key only.
    hand.press(page.get_by_role("button", name="Complete the form").last)
    expect(page.get_by_text(f"The form is complete; {NAME} is asked to confirm it.")).to_be_visible()
    stage.follow(stage.mentee, recruit.person)
    expect(stage.mentee.page.get_by_text("Trainee selection")).to_be_visible()
    stage.mentee.press(stage.mentee.page.get_by_role("button", name="Yes, I confirm it"))
    expect(stage.mentee.page.get_by_text("Thank you: you have confirmed your status form.")).to_be_visible()


def _meet_director(stage: Stage, recruit: Recruit) -> None:
    """Until the agreed day nothing waits; on that day one press enters the meeting and the packet."""
    hand, page = stage.director, stage.director.page
    question = f"Did you meet {NAME}?"
    page.goto("/")
    expect(_step(page, question)).to_have_count(0)
    # The days until then pass.
    waiting = Recruit.objects.filter(pk=recruit.pk, meets_at__gt=timezone.now())
    assert waiting.update(meets_at=timezone.now()) == 1
    page.goto("/")
    hand.press(_step(page, question).get_by_role("button", name="packet handed over"))
    expect(page.get_by_text(f"Your first meeting with {NAME} is registered.")).to_be_visible()
    recruit.refresh_from_db()
    # Midnight may come between.
    today = recruit.packet_on
    assert recruit.met_on == today
    assert today in (stage.cast.today, stage.cast.digestive.day(timezone.now()))


def _name_and_choose(stage: Stage, recruit: Recruit) -> None:
    hand, page = stage.director, stage.director.page
    hand.press(_step(page, f"Name colleagues who could be the mentor of {NAME}.").get_by_role("link"))
    expect(page.get_by_text(f"{NAME} asks for help with: {GRANTS}; {LIFE}.")).to_be_visible()
    hand.press(page.get_by_role("button", name="Send the list"))
    expect(page.get_by_text(f"The list is sent; now {NAME} chooses.")).to_be_visible()

    hand, page = stage.mentee, stage.mentee.page
    stage.follow(hand, recruit.person)
    hand.press(page.get_by_role("radio", name="Kwame Osei"))
    for paper in ("my CV", "my aspirations", "what I would like help with"):
        hand.press(page.get_by_role("checkbox", name=paper))
    hand.press(page.get_by_role("button", name="No: this is my choice"))
    expect(page.get_by_text("You have chosen Kwame Osei.")).to_be_visible()


def _ask_and_accept(stage: Stage, recruit: Recruit) -> None:
    """The mentor reads what was ticked, and says yes on the page of the mail; the mentee does not hear of it yet."""
    hand, page = stage.director, stage.director.page
    stage.follow(hand, stage.cast.director)
    hand.press(_step(page, f"{NAME} has chosen: ask the mentor.").get_by_role("button"))
    expect(page.get_by_text("Kwame Osei is asked, and has until")).to_be_visible()

    hand, page = stage.mentor, stage.mentor.page
    assert f"{NAME} is looking for a career-development mentor" in stage.follow(hand, stage.cast.osei)
    for said in (HOPE, GRANTS, LIFE):
        expect(page.get_by_text(said)).to_be_visible()
    cv = page.context.request.get(str(page.get_by_role("link", name="Read the CV").get_attribute("href")))
    assert (cv.status, cv.headers["content-type"]) == (200, "application/pdf")
    hand.press(page.get_by_role("button", name="Accept"))
    expect(page.get_by_text("Thank you. Ines Duarte will introduce you")).to_be_visible()
    stage.mentee.page.reload()
    expect(stage.mentee.page.get_by_text("is arranging it.").first).to_be_visible()


def _become_a_pair(stage: Stage, recruit: Recruit) -> None:
    hand, page = stage.director, stage.director.page
    stage.follow(hand, stage.cast.director)
    hand.press(_step(page, f"The mentor whom {NAME} chose has accepted").get_by_role("button"))
    expect(page.get_by_text(f"{NAME} and Kwame Osei have been introduced")).to_be_visible()
    assert "Kwame Osei has agreed to be your mentor" in stage.follow(stage.mentee, recruit.person)
    # Who has arrived is seen by the schedule, every ten minutes.
    run_due(now=timezone.now() + timedelta(minutes=10))
    recruit.refresh_from_db()
    assert (recruit.state, recruit.ending) == (Recruit.State.ENDED, Recruit.Ending.PAIRED)


def _meet_mentor(stage: Stage, recruit: Recruit) -> None:
    hand, page = stage.mentee, stage.mentee.page
    hand.press(page.get_by_role("link", name="We met"))
    hand.press(page.get_by_role("button", name="We met on this day"))
    expect(page.get_by_text("Once the other of you confirms it")).to_be_visible()

    hand, page = stage.mentor, stage.mentor.page
    assert f"{NAME} says that the two of you met" in stage.follow(hand, stage.cast.osei)
    hand.press(page.get_by_role("button", name="Yes, we met"))
    expect(page.get_by_text("Registered: the date, and nothing else.")).to_be_visible()
    pairing = Pairing.objects.active().get(mentee=recruit.person)
    meeting = Meeting.objects.get(pairing=pairing)
    assert (pairing.mentor, meeting.day, meeting.state) == (stage.cast.osei, stage.cast.today, Meeting.State.CONFIRMED)


def _export(stage: Stage) -> None:
    hand, page, today = stage.coordinator, stage.coordinator.page, stage.cast.today.isoformat()
    page.goto("/")
    hand.presses += 1
    table = exported(page, page.get_by_role("link", name="Export the register"), "register.xlsx")
    [row] = [dict(zip(table.header, row.cells, strict=True)) for row in table.rows if row.cells[0] == LISTED]
    told = {name: row[name] for name in ("Mentor", "Since", "Dates met", "Director mtg", "Met")}
    assert told == {"Mentor": "Osei, Kwame", "Since": today, "Dates met": today, "Director mtg": today, "Met": "1"}


def _step(page: Page, sentence: str) -> Locator:
    return page.get_by_role("group", name=sentence)
