"""Whether a key is among many: one parameter however many there are, so that one plan serves all."""

import json

from django.db.models import BooleanField, Func


class Among(Func):
    """A condition for `filter()`: `Among("place", pks)`. With `place__in` each key is a parameter of its own,
    and reading a thousand of them takes longer than the answer."""

    arity = 1
    output_field = BooleanField()

    def __init__(self, key, pks, **extra):
        super().__init__(key, **extra)
        self.pks = sorted(pks)

    def as_postgresql(self, compiler, connection, **_context):
        key, params = compiler.compile(self.source_expressions[0])
        return f"{key} = ANY(%s::bigint[])", [*params, self.pks]

    def as_sqlite(self, compiler, connection, **_context):
        key, params = compiler.compile(self.source_expressions[0])
        return f"{key} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.pks)]
