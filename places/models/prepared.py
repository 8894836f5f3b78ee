"""Queries whose SQL is composed once: composing one takes Django as long as reading its rows."""

import datetime as dt
from copy import copy
from functools import cached_property
from threading import local

from django.contrib.gis.geos import GEOSGeometry
from django.db import connection

# Lists are filled up to one of these sizes, so that a query has few shapes, for us and for PostgreSQL.
SIZES = (4, 8, 16, 32, 64, 128, 256)


class Prepared:
    """What `compose(*values)` gives, as a list of instances, for other values than it was composed with.

    `examples` are values that nothing else in the query has: where they are found, others are put. Whole
    numbers, texts, dates, moments and geometries, each of the kind of the column that it is compared with.
    """

    def __init__(self, compose, *examples):
        self.compose, self.examples = compose, examples
        # Of this thread: readers of geometries are not for two threads at once.
        self.converters = local()

    def __call__(self, *values):
        rows, compiler, sql, params, places = self._composed
        params = list(params)
        for value, found in zip(values, places, strict=True):
            for place in found:
                params[place] = _adapted(value)
        ready = copy(compiler)
        ready.connection = connection  # of this thread
        ready.as_sql = lambda *args, **kwargs: (sql, params)
        ready.get_converters = lambda columns: self._converters_of(compiler, columns)
        rows = rows.all()
        rows.query.get_compiler = lambda *args, **kwargs: ready
        return list(rows)

    def _converters_of(self, compiler, columns):
        """Asking seventy columns how their values are read takes as long as reading them."""
        if not hasattr(self.converters, "found"):
            self.converters.found = compiler.get_converters(columns)
        return self.converters.found

    @cached_property
    def _composed(self):
        rows = self.compose(*self.examples)
        compiler = rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        examples = [_adapted(example) for example in self.examples]
        places = [[n for n, param in enumerate(params) if _is(param, example)] for example in examples]
        if not all(places):
            raise ValueError("An example is not among the values of the query.")
        return rows, compiler, sql, params, places


class PreparedList:
    """The same for a query whose values end with a list of primary keys, which may be of any length.

    `compose(*values, pks)`.
    """

    def __init__(self, compose, *examples):
        self.compose, self.examples = compose, examples
        self.by_size = {}

    def __call__(self, *values):
        *values, pks = values
        pks = filled_up(pks)
        if not pks:
            return []
        if len(pks) not in self.by_size:
            self.by_size[len(pks)] = self._of_size(len(pks))
        return self.by_size[len(pks)](*values, *pks)

    def _of_size(self, size):
        before = len(self.examples)
        keys = [-1_000_000 - number for number in range(size)]
        return Prepared(
            lambda *values: self.compose(*values[:before], values[before:]), *self.examples, *keys
        )


def filled_up(pks):
    """`pks` as a list, the last one repeated up to the next of SIZES."""
    pks = list(pks)
    size = next((size for size in SIZES if size >= len(pks)), len(pks))
    return pks + pks[-1:] * (size - len(pks))


def _adapted(value):
    """`value` as Django hands it to the database."""
    if isinstance(value, GEOSGeometry):
        return connection.ops.Adapter(value)
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _is(param, example):
    return type(param) is type(example) and param == example
