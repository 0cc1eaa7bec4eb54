"""A last day that was set can be seen, changed and brought forward; a slip in the year is said at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.lib.errors import Refused
from telemachus.program.models import Role
from tests.acts import ClientOf, words
from tests.cast import Cast


def test_last_day_is_shown_and_can_be_changed(cast: Cast, client_of: ClientOf) -> None:
    role = cast.coordinator.roles.get()
    url, director = reverse("program:end_role", args=[role.pk]), client_of(cast.director)
    director.post(url, {"on": cast.today + timedelta(days=30)})
    page = words(director.get(reverse("program:setup", args=[cast.digestive.slug])))
    assert "13 November 2026" in page
    assert "Change the last day" in page
    director.post(url, {"on": cast.ago(1)})
    role.refresh_from_db()
    assert role.until == cast.ago(1)


def test_role_that_is_over_is_missing(cast: Cast, client_of: ClientOf) -> None:
    role = cast.coordinator.roles.get()
    url, director = reverse("program:end_role", args=[role.pk]), client_of(cast.director)
    assert director.get(url).status_code == 200
    role.end(on=cast.ago(1), by=cast.director, now=cast.now)
    assert director.get(url).status_code == 404


def test_last_day_cannot_run_into_the_same_role(cast: Cast) -> None:
    role = cast.coordinator.roles.get()
    role.end(on=cast.today, by=cast.director, now=cast.now)
    later = cast.today + timedelta(days=10)
    cast.digestive.grant(cast.coordinator, Role.Kind.COORDINATOR, since=later, by=cast.director, now=cast.now)
    with pytest.raises(Refused, match="has this role already"):
        role.end(on=later, by=cast.director, now=cast.now)


@pytest.mark.parametrize("year", ["0001", "1900", "9999"])
def test_slip_in_the_year_is_said_beside_the_field(cast: Cast, client_of: ClientOf, year: str) -> None:
    role = cast.coordinator.roles.get()
    page = client_of(cast.director).post(reverse("program:end_role", args=[role.pk]), {"on": f"{year}-12-31"})
    assert (page.status_code, page.context["form"].errors["on"]) == (
        422,
        [f"Look at the year once more: {int(year)}."],
    )
