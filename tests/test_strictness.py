"""What the test run forbids is really forbidden."""

import socket
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.template import Context, Origin, Template, engines

from tests.strictness import NetworkForbiddenError, UndefinedVariableError


def template(source, file):
    return Template(source, origin=Origin(name=str(file)), engine=engines["django"].engine)


@pytest.mark.parametrize(
    "source",
    [
        "{{ nothing }}",
        "{{ place.nothing }}",
        "{{ nothing|default:'–' }}",
        "{% load i18n %}{% blocktranslate %}Bonjour %%, {{ nothing }}{% endblocktranslate %}",
    ],
)
def test_an_undefined_variable_of_our_own_templates_fails(source):
    with pytest.raises(UndefinedVariableError, match="own"):
        template(source, settings.BASE_DIR / "templates/own.html").render(Context({"place": {}}))


def test_a_library_may_leave_variables_undefined():
    assert template("[{{ nothing }}{{ nothing|default:'–' }}]", "/lib/other.html").render(Context()) == "[–]"


def test_an_empty_value_is_not_an_undefined_one():
    own = template("{{ empty }}{{ none|default:'–' }}", settings.BASE_DIR / "templates/own.html")
    assert own.render(Context({"empty": "", "none": None})) == "–"


def test_no_test_reaches_the_network():
    with pytest.raises(NetworkForbiddenError):
        urlopen("http://example.org/")
    with pytest.raises(NetworkForbiddenError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_server_on_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
