"""The welcome packet, for the recruit once it was handed over, and for whoever sees the recruit."""

from django.urls import reverse

from telemachus.intake.models import Recruit
from tests.acts import ClientOf
from tests.cast import Cast
from tests.intake.ways import introduced, met


def urls(recruit: Recruit) -> tuple[str, str]:
    return reverse("intake:packet", args=[recruit.pk]), reverse("intake:packet_pdf", args=[recruit.pk])


def test_packet_is_a_page_and_a_pdf(cast: Cast, client_of: ClientOf) -> None:
    page, pdf = (client_of(cast.pia).get(url) for url in urls(met(cast, cast.pia)))
    assert page.status_code == 200
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_packet_is_read_once_it_was_handed_over(cast: Cast, client_of: ClientOf) -> None:
    recruit = introduced(cast, cast.pia)
    for url in urls(recruit):
        assert client_of(cast.director).get(url).status_code == 200
        assert client_of(cast.pia).get(url).status_code == 404
    recruit.hand_packet(by=cast.director, now=cast.now)
    for url in urls(recruit):
        assert client_of(cast.pia).get(url).status_code == 200


def test_packet_stays_after_the_way_has_ended(cast: Cast, client_of: ClientOf) -> None:
    recruit = met(cast, cast.pia)
    recruit.close(Recruit.Ending.PAIRED, by=None, now=cast.now)
    assert client_of(cast.pia).get(urls(recruit)[0]).status_code == 200


def test_packet_is_missing_to_others(cast: Cast, client_of: ClientOf) -> None:
    recruit = met(cast, cast.pia)
    for url in urls(recruit):
        assert client_of(cast.coordinator).get(url).status_code == 200
        for other in (cast.mei, cast.osei, cast.chief, cast.other_director, cast.stranger):
            assert client_of(other).get(url).status_code == 404
