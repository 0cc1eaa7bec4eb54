"""The crowd of one test has gone home before the next one begins."""

from collections.abc import Iterator

import pytest

from tests.races.together import go_home


@pytest.fixture(autouse=True)
def _crowd(cast: object) -> Iterator[None]:
    yield
    go_home()
