"""Every test of a model reads and writes rows."""

import pytest


@pytest.fixture(autouse=True)
def _rows(db):
    pass
