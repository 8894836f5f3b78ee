"""The house as DESIGN describes it: who may import whom, who may read the clock, how long a file may be."""

import ast
import io
import re
import sys
import tokenize
from functools import cache
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parent.parent
PLACES = ROOT / "places"
PURE_LIBRARIES = {"opening_hours", "dateutil", "icalendar", "snowballstemmer", "rapidfuzz", "segno", "orjson"}
EVERYWHERE = {"apps", "checks", "migrations", "locale"}

# What each part of places/ may import of the others. Nothing is on the way up, nothing goes sideways.
BELOW = {
    "domain": set(),
    "models": {"domain"},
    "addresses": {"domain", "models"},
    "opendata": {"domain", "models"},
    "search": {"domain", "models", "addresses"},
    "forms": {"domain", "models", "search"},
    "importers": {"domain", "models", "search", "opendata", "addresses"},
    "templatetags": {"domain"},
    "sitemaps": {"domain", "models"},
    "feeds": {"domain", "models", "search", "forms"},
    "api": {"domain", "models", "search", "forms", "opendata"},
    "views": {"domain", "models", "addresses", "search", "forms", "opendata"},
    "admin": {"domain", "models", "search", "forms", "importers", "opendata", "addresses"},
    "management": {"domain", "models", "search", "forms", "importers", "opendata", "addresses", "checks"},
    "urls": {"views", "sitemaps", "feeds", "api"},
    "apps": {"checks"},
    "checks": set(),
    "migrations": {"models", "domain"},
}

# Inside places/models, from the ground up: a file imports those before it only.
FLOORS = [
    "among",
    "publication",
    "naming",
    "nearness",
    "prepared",
    "venue",
    "booking",
    "facts",
    "reference",
    "school_holiday",
    "filter_lists",
    "territory",
    "former_name",
    "predecessor",
    "locating",
    "closure",
    "place",
    "short_lists",
    "cards",
    "correction",
    "search",
    "professional",
    "partner",
    "partnership",
    "offer",
    "project",
    "occurrence",
    "scheduling",
    "workshop",
    "coverage",
    "orientation",
    "shared_list",
    "network",
]

# One table, one file: sixty columns are as many lines as they are.
LONG_BY_NATURE = {"places/models/place.py": 420}
LONGEST_FILE = 300
LONGEST_TEST_FILE = 430
LONGEST_FUNCTION = 35  # 30 is meant: a smell and not a law
# A line of HTML, CSS or JavaScript that is neither blank nor a comment.
CODE_OF_BROWSERS = re.compile(r"^(?!\s*(?://|/?\*|{#))\s*\S", re.M)
# Straight lists of rules and of steps, that cutting would only scatter.
LONG_FUNCTIONS = {
    "places/admin/waiting.py:_chores",
    "places/domain/hours/now.py:status",
    "places/domain/recurrence/rule.py:_faults",
    "places/search/results.py:search",
    "places/views/neighbourhoods.py:neighbourhood",
}


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def own_files(*parts):
    """Our own modules, in these parts of places/ (all of it without), migrations left out."""
    roots = [PLACES / part for part in parts] or [PLACES, ROOT / "epn_directory"]
    files = [file for root in roots for file in (root.rglob("*.py") if root.is_dir() else [root])]
    return sorted(file for file in files if "migrations" not in file.parts)


def short(path):
    return path.relative_to(ROOT).as_posix()


def imports_of(path):
    """Dotted names of all that `path` imports, relative ones written out: ("places.models.place", line)."""
    package = list(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            module = [*base, *(node.module.split(".") if node.module else [])]
            yield from ((".".join([*module, alias.name]), node.lineno) for alias in node.names)


def part_of(path):
    return path.relative_to(PLACES).parts[0].removesuffix(".py")


def calls_in(path):
    """(dotted name of what is called, line)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


class TestTree:
    def test_holds_what_the_design_names_and_nothing_else(self):
        kept_out = {"var", "__pycache__"}
        folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
        assert folders - kept_out == {
            *("bin", "epn_directory", "places", "templates", "static", "fixtures", "tests", "benchmarks"),
        }

    def test_of_places_has_no_part_that_the_design_does_not_know(self):
        parts = {part_of(path) for path in PLACES.iterdir() if path.suffix == ".py" or path.is_dir()}
        assert parts - {"__init__", "__pycache__"} - EVERYWHERE <= set(BELOW)

    @pytest.mark.parametrize("name", ["utils", "helpers", "services", "signals", "common", "misc", "tools"])
    def test_has_no_drawer_for_odds_and_ends(self, name):
        assert [
            short(path) for path in own_files() if name in path.relative_to(ROOT).with_suffix("").parts
        ] == []


class TestImports:
    @pytest.mark.parametrize("part", sorted(BELOW))
    def test_go_down_only(self, part):
        here = [path for path in own_files() if PLACES in path.parents and part_of(path) == part]
        allowed = BELOW[part] | {part}
        wrong = [
            f"{short(path)}:{line} imports {name}"
            for path in here
            for name, line in imports_of(path)
            if name.startswith("places.") and name.split(".")[1] not in allowed
        ]
        assert wrong == []

    def test_inside_the_models_follow_the_floors(self):
        files = {path.stem: path for path in (PLACES / "models").glob("*.py")}
        assert set(FLOORS) <= set(files)
        wrong = [
            f"{name} imports {floor}"
            for height, name in enumerate(FLOORS)
            for imported, _line in imports_of(files[name])
            for floor in FLOORS[height + 1 :]
            if imported.startswith(f"places.models.{floor}.")
        ]
        assert wrong == []

    def test_of_the_domain_stop_at_the_standard_library_and_pure_ones(self):
        impure = {"os", "io", "pathlib", "socket", "http", "urllib.request", "subprocess", "tempfile", "time"}
        wrong = [
            f"{short(path)}:{line} imports {name}"
            for path in own_files("domain")
            for name, line in imports_of(path)
            if any(f"{name}.".startswith(f"{library}.") for library in impure)
            or name.split(".")[0] not in {"places", *PURE_LIBRARIES, *sys.stdlib_module_names}
        ]
        assert wrong == []

    def test_stand_at_the_top_of_the_file(self):
        # Names for type checkers are the one exception that Python itself knows.
        inside = [
            f"{short(path)}:{node.lineno}"
            for path in own_files()
            for function in ast.walk(tree(path))
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        # Checks look whether a library is there: importing it is the check.
        assert [place for place in inside if not place.startswith("places/checks.py")] == []

    def test_know_no_signal(self):
        assert [
            short(path) for path in own_files() for name, _line in imports_of(path) if "dispatch" in name
        ] == []


class TestClock:
    # `monotonic` tells how long something takes, not what time it is.
    READERS = {
        *("timezone.now", "timezone.localdate", "timezone.localtime", "localdate", "localtime"),
        *(
            "dt.datetime.now",
            "dt.date.today",
            "datetime.now",
            "date.today",
            "time.time",
            "dt.datetime.utcnow",
        ),
    }
    MAY_READ = {"views", "management", "admin", "templatetags"}

    def test_is_read_by_views_and_commands_only(self):
        wrong = [
            f"{short(path)}:{node.lineno}"
            for path in own_files()
            if path.is_relative_to(PLACES) and part_of(path) not in self.MAY_READ
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and self.reads_now(node)
        ]
        assert wrong == []

    def reads_now(self, call):
        # localdate(moment) and localtime(moment) translate a moment; without one they read the clock.
        return ast.unparse(call.func) in self.READERS and not call.args

    def test_is_passed_on_by_the_tags_of_templates_and_never_read_there(self):
        wrong = [
            f"{short(path)}:{node.lineno}"
            for path in own_files("templatetags")
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and self.reads_now(node)
        ]
        assert wrong == []
        # {% now %} would read it in a template.
        templates = (ROOT / "templates").rglob("*.html")
        assert [short(path) for path in templates if "{% now" in path.read_text(encoding="utf-8")] == []


class TestManners:
    def test_nothing_is_printed(self):
        # The server says where it listens, when no command is there to say it.
        said = [
            f"{short(path)}:{line}"
            for path in own_files()
            if path.name != "serving.py"
            for name, line in calls_in(path)
            if name in {"print", "pprint", "breakpoint"}
        ]
        assert said == []

    def test_nothing_is_left_to_do(self):
        words = ("TODO", "FIXME", "XXX", "HACK")
        files = [*own_files(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
        files += [path for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.parts]
        left = [
            short(path)
            for path in files
            if path != Path(__file__) and any(word in path.read_text(encoding="utf-8") for word in words)
        ]
        assert [path for path in left if path != "tests/test_demonstration.py"] == []

    def test_an_error_of_any_kind_is_caught_only_where_a_comment_says_why(self):
        bare = [
            f"{short(path)}:{node.lineno}"
            for path in own_files()
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ExceptHandler)
            and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
            and "#" not in path.read_text(encoding="utf-8").splitlines()[node.lineno - 1]
        ]
        assert bare == []

    def test_each_module_says_in_its_first_line_what_it_is(self):
        silent = [
            short(path)
            for path in own_files()
            if path.read_text(encoding="utf-8").strip()
            and path.stem not in {"__init__", "urls", "apps"}
            and "commands" not in path.parts
            and not ast.get_docstring(tree(path))
        ]
        assert silent == []


class TestSizes:
    def test_of_files_stay_readable(self):
        long = {
            name: count
            for path in own_files()
            if (count := code_lines(path)) > LONG_BY_NATURE.get(name := short(path), LONGEST_FILE)
        }
        assert long == {}

    def test_of_test_files_too(self):
        long = {
            short(path) for path in (ROOT / "tests").rglob("*.py") if code_lines(path) > LONGEST_TEST_FILE
        }
        assert long == set()

    def test_of_functions_fit_a_screen(self):
        long = {
            f"{short(path)}:{node.name}": length
            for path in own_files()
            for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef)
            and (length := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION + docstring_lines(node)
        }
        assert set(long) - LONG_FUNCTIONS == set(), long

    @pytest.mark.parametrize(
        ("folder", "pattern", "most"),
        [
            ("templates/places/includes", "*.html", 80),
            ("templates/places", "*.html", 130),
            ("static/js/modules", "*.js", 200),
            ("static/js/pages", "*.js", 200),
            ("static/css", "*.css", 300),
        ],
    )
    def test_of_templates_scripts_and_style_sheets(self, folder, pattern, most):
        long = {
            short(path): count
            for path in (ROOT / folder).glob(pattern)
            if (count := len(CODE_OF_BROWSERS.findall(path.read_text(encoding="utf-8")))) > most
        }
        assert long == {}


class TestViews:
    def test_each_has_a_test_that_asks_for_it(self):
        tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/views").rglob("*.py"))
        names = {
            pattern.name
            for pattern in get_resolver("places.urls").url_patterns
            if isinstance(pattern, URLPattern)
        }
        untested = {name for name in names if f'"{name}"' not in tests}
        assert untested == set()

    def test_each_says_which_methods_it_takes(self):
        # A bare function view answers TRACE with 200.
        bare = []
        for path in own_files("views"):
            for node in tree(path).body:
                if isinstance(node, ast.FunctionDef) and [arg.arg for arg in node.args.args][:1] == [
                    "request"
                ]:
                    decorators = " ".join(ast.unparse(decorator) for decorator in node.decorator_list)
                    if is_routed(path, node) and "require_" not in decorators:
                        bare.append(f"{short(path)}:{node.name}")
        assert bare == []


def is_routed(path, function):
    urls = (PLACES / "urls.py").read_text(encoding="utf-8")
    return f"{path.stem}.{function.name}," in urls


def docstring_lines(node):
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return first.end_lineno - first.lineno + 1 if is_docstring else 0


def code_lines(path):
    """Lines that hold code: blank ones, comments and docstrings explain and do not count."""
    text = path.read_text(encoding="utf-8")
    skipped = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    skipped |= {tokenize.ENDMARKER, tokenize.ENCODING}
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in skipped:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and docstring_lines(node)
        ):
            lines -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return len(lines)
