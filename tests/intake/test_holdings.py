"""What this room says that it keeps about a person."""

from telemachus.intake.holdings import holdings
from tests.cast import Cast
from tests.intake.recruits import introduced, noticed


def test_holdings_name_way_times_letters_and_hiring(cast: Cast) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    way, times, letters, written, led = (list(holding.rows) for holding in holdings(recruit.person))
    assert way == ["Digestive Diseases: on the way; noticed 2026-10-14"]
    assert (len(times), len(letters), written, led) == (3, 1, [], [])
    assert "Dear Alina" in letters[0]
    assert [list(holding.rows) for holding in holdings(cast.chief)][4] == ["Alina Kuznetsova"]
    assert [list(holding.rows) for holding in holdings(cast.director)][3] == [
        "2026-10-14 introduction: Alina Kuznetsova"
    ]
