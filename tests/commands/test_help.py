"""Whoever forgets how a command works asks it."""

import pytest
from django.core.management import get_commands, load_command_class

OURS = sorted(name for name, app in get_commands().items() if app == "places")


@pytest.mark.parametrize("name", OURS)
def test_every_command_tells_what_it_does(name):
    # A lazy text is no string to the parser of arguments.
    told = load_command_class("places", name).create_parser("manage.py", name).format_help()
    assert "usage: manage.py" in told
