"""What the tests forbid: variables that a template does not have, and the network."""

import socket
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address

from django.template.base import Node

_origin = ContextVar("the file of the template node being rendered", default="")


class UndefinedVariableError(Exception):
    pass


class UndefinedVariable(str):
    """Django's `string_if_invalid`: empty as usual, but an error within the templates in `directory`.

    Django asks whether it is true before it writes it, and blocktranslate whether it contains "%s".
    """

    __slots__ = ("directory",)

    def __new__(cls, directory):
        text = super().__new__(cls)
        text.directory = str(directory)
        return text

    def __bool__(self):
        self.refuse_in_own_templates()
        return False

    def __contains__(self, text):
        self.refuse_in_own_templates()
        return False

    def refuse_in_own_templates(self):
        if _origin.get().startswith(self.directory):
            raise UndefinedVariableError(f"a variable that {_origin.get()} names is not defined")


@contextmanager
def template_nodes_know_their_file():
    """While it lasts, an undefined variable can tell in which template it stands."""
    render_annotated = Node.render_annotated

    def render(node, context):
        origin = getattr(node, "origin", None)
        token = _origin.set(str(origin.name) if origin else "")
        try:
            return render_annotated(node, context)
        finally:
            _origin.reset(token)

    Node.render_annotated = render
    try:
        yield
    finally:
        Node.render_annotated = render_annotated


class NetworkForbiddenError(Exception):
    """Not an OSError: code that takes a failed connection in its stride must not hide it."""


def numeric(host):
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_loopback(host):
    address = numeric(host)
    return host in {"", "localhost"} or bool(address and (address.is_loopback or address.is_unspecified))


@contextmanager
def loopback_only():
    """While it lasts, this process resolves no name and reaches no address but this machine's own."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked(reach):
        def reach_loopback(self, address):
            if self.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
                raise NetworkForbiddenError(f"a test wanted to reach {address[0]}")
            return reach(self, address)

        return reach_loopback

    def resolve_loopback(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host or ""
        if not is_loopback(name) and not numeric(name):
            raise NetworkForbiddenError(f"a test wanted to look up {name}")
        return getaddrinfo(host, *args, **kwargs)

    socket.socket.connect, socket.socket.connect_ex = checked(connect), checked(connect_ex)
    socket.getaddrinfo = resolve_loopback
    try:
        yield
    finally:
        socket.socket.connect, socket.socket.connect_ex = connect, connect_ex
        socket.getaddrinfo = getaddrinfo
