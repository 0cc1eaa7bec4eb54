"""The same roster by several hands at one moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from telemachus.audit.models import Event
from telemachus.career.models import Appointment
from telemachus.people.events import PersonEvent
from telemachus.people.models import Person
from tests.career.test_roster_write import MEI, OSEI, bring, roster


@pytest.mark.races
def test_two_at_once_write_once(cast):
    content = roster(MEI, OSEI)

    def bring_once(_which: int) -> int:
        try:
            return bring(cast.digestive, content)[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=4) as threads:
        codes = list(threads.map(bring_once, range(4)))
    assert 0 in codes
    assert set(codes) <= {0, 2}
    assert Person.objects.filter(external_id__in=["1", "2"]).count() == 2
    assert Appointment.objects.filter(program=cast.digestive).count() == 2
    uma = Person.objects.get(external_id="1")
    assert Event.objects.filter(kind=PersonEvent.ADDED.code, subject=uma.pk).count() == 1
