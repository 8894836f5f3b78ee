"""What lies about unused, what is named and does not exist, and what is not good French."""

import ast
import gettext
import re
from functools import cache
from pathlib import Path

import pytest
from django import forms as django_forms
from django.apps import apps
from django.contrib.staticfiles import finders
from django.core.management import get_commands, load_command_class
from django.db import models
from django.template.engine import Engine
from django.urls import URLPattern, get_resolver
from django.utils.translation import ngettext, override

from places import forms
from places.admin import site

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES, STATIC = ROOT / "templates", ROOT / "static"
LOCALE = ROOT / "places" / "locale" / "fr" / "LC_MESSAGES"
MODELS = [
    model for model in apps.get_app_config("places").get_models() if not hasattr(model, "history_object")
]
COMMANDS = sorted(name for name, app in get_commands().items() if app == "places")


@cache
def read(path):
    return path.read_text(encoding="utf-8")


def templates():
    return sorted(TEMPLATES.rglob("*.html"))


def own_python():
    folders = (ROOT / "places", ROOT / "epn_directory")
    return sorted(
        path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts
    )


def own_scripts():
    return sorted(path for path in (STATIC / "js").rglob("*.js") if "vendor" not in path.parts)


def all_text(paths):
    return "\n".join(read(path) for path in paths)


def name_of(template):
    return template.relative_to(TEMPLATES).as_posix()


class TestTemplates:
    @pytest.mark.parametrize("name", [name_of(path) for path in templates()])
    def test_each_compiles(self, name):
        Engine.get_default().get_template(name)

    def test_each_is_used_or_takes_the_place_of_one_of_a_library(self):
        text = all_text([*templates(), *own_python()])
        handlers = {"404.html", "500.html"}  # Django asks for them by these names
        unused = {
            name
            for name in map(name_of, templates())
            if f'"{name}"' not in text and name not in handlers and not overrides(name)
        }
        assert unused == set()

    def test_each_one_that_is_included_or_extended_is_there(self):
        named = {
            (name_of(path), name)
            for path in templates()
            for name in re.findall(r'{%\s*(?:include|extends)\s+"([^"]+)"', read(path))
        }
        missing = {
            (path, name) for path, name in named if not (TEMPLATES / name).exists() and not overrides(name)
        }
        assert missing == set()

    def test_each_says_in_its_first_line_what_it_needs(self):
        assert [name_of(path) for path in templates() if not read(path).startswith("{#")] == []

    def test_no_test_of_french_stands_outside_of_gettext(self):
        # The page of errors of ours, and that of an outage, may need nothing at all, not even gettext.
        bare = {
            name_of(path): words
            for path in templates()
            if path.name not in {"500.html", "503.html"} and (words := untranslated(read(path)))
        }
        assert bare == {}


def overrides(name):
    """Whether a library has a template of that name, ours being found first; of one model, in the admin."""
    of_any_model = re.sub(r"^admin/places/\w+/", "admin/", name)
    return any(
        (Path(config.path) / "templates" / one).exists()
        for config in apps.get_app_configs()
        for one in (name, of_any_model)
    ) or name.startswith("django/forms/")


TAGS = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->|<script.*?</script>|<svg.*?</svg>|<[^>]*>", re.S)
CLASSES = re.compile(r"{%\s*block \w*class.*?endblock.*?%}", re.S)  # a block that names a class says no word
BLOCKS = re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.S)


def untranslated(html):
    """French words of a template that gettext does not see; names of bodies and of licences are no words."""
    left = TAGS.sub(" ", CLASSES.sub(" ", BLOCKS.sub(" ", html)))
    words = re.findall(r"[^\W\d_]{3,}", re.sub(r"&\w+;", " ", left))
    return [word for word in words if word not in {"EPN", "defenseurdesdroits", "cnil"} and word != "fr"]


class TestStaticFiles:
    def test_each_is_asked_for_somewhere(self):
        text = all_text([*templates(), *own_python(), *own_scripts(), *STATIC.rglob("*.css")])
        scripts = {
            (path.parent / name).resolve()
            for path in (STATIC / "js").rglob("*.js")
            for name in re.findall(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""", read(path))
        }
        papers = re.compile(r"LICENSE|OFL|README")
        unused = {
            path.relative_to(STATIC).as_posix()
            for path in STATIC.rglob("*")
            if path.is_file()
            and not papers.search(path.name)
            and path.resolve() not in scripts
            and path.relative_to(STATIC).as_posix() not in text
            and f'module("{path.stem}")' not in text  # of the admin's widgets
            and f"/{path.name}" not in all_text(STATIC.rglob("*.css"))
        }
        assert unused == set()

    def test_each_one_that_is_asked_for_is_there(self):
        asked = set(
            re.findall(r'(?:{% static |\bstatic\()"([^"]+)"', all_text([*templates(), *own_python()]))
        )
        assert asked
        assert {name for name in asked if not finders.find(name)} == set()

    def test_each_library_of_others_comes_with_its_licence(self):
        vendor = STATIC / "js" / "vendor"
        for path in vendor.glob("*.js"):
            assert (vendor / f"{path.stem}-LICENSE.txt").exists()


class TestStyles:
    # Classes that libraries write: Leaflet's on the map, Django's in its own admin templates.
    LIBRARIES = re.compile(
        r"^(leaflet|errornote|errorlist|selector|related-widget|vLarge|vDate|vTime|calendar)"
    )

    def test_each_class_is_on_some_page(self):
        libraries = [Path(config.path) for config in apps.get_app_configs() if "places" not in config.path]
        files = [*templates(), *own_python(), *own_scripts()]
        files += [path for folder in libraries for path in folder.rglob("templates/admin/**/*.html")]
        files += [path for folder in libraries for path in folder.rglob("static/admin/js/**/*.js")]
        text = all_text(files)
        django_forms_text = all_text(Path(django_forms.__file__).parent.rglob("*.html"))
        words = set(re.findall(r"[\w-]+", text + django_forms_text))
        built = {word for word in words if word.endswith(("--", "-", "__"))}  # status--{{ state }}
        unused = {
            name
            for name in classes_of_style_sheets()
            if name not in words
            and not self.LIBRARIES.match(name)
            and not any(name.startswith(word) for word in built if len(word) > 3)
            and name not in django_python_classes()
        }
        assert unused == set()

    def test_colours_and_sizes_come_from_tokens_that_exist(self):
        sheets = list(STATIC.rglob("*.css"))
        defined = set(re.findall(r"(--[\w-]+)\s*:", all_text(sheets + own_scripts())))
        # Those of Django's admin are its own.
        admin = next(Path(config.path) for config in apps.get_app_configs() if config.label == "admin")
        defined |= set(re.findall(r"(--[\w-]+)\s*:", all_text((admin / "static").rglob("*.css"))))
        used = set(re.findall(r"var\((--[\w-]+)\)", all_text(sheets)))
        assert used - defined == set()

    def test_nothing_is_important_beyond_what_print_needs(self):
        loud = {path.name for path in STATIC.rglob("*.css") if "!important" in read(path)}
        assert {name for name in loud if not name.startswith(("print", "base"))} == set()


@cache
def classes_of_style_sheets():
    text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", all_text(STATIC.rglob("*.css")), flags=re.S)
    selectors = re.findall(r"([^{};]+)\{", text)
    return {name for selector in selectors for name in re.findall(r"\.([a-zA-Z][\w-]*)", selector)}


@cache
def django_python_classes():
    """Words of the Python of Django's admin and forms: it writes classes there too."""
    admin = next(Path(config.path) for config in apps.get_app_configs() if config.label == "admin")
    files = [*admin.rglob("*.py"), *Path(django_forms.__file__).parent.rglob("*.py")]
    return set(re.findall(r"[\w-]+", all_text(files)))


class TestIcons:
    def symbols(self):
        return set(re.findall(r'id="([\w-]+)"', read(STATIC / "img" / "icons.svg")))

    def test_each_that_is_asked_for_is_drawn(self):
        asked = set(re.findall(r'{% icon "([\w-]+)"|\bsign="([\w-]+)"', all_text(templates())))
        assert {name for pair in asked for name in pair if name} - self.symbols() == set()

    def test_each_that_is_drawn_is_asked_for(self):
        words = set(
            re.findall(r"""["']([\w-]+)["']""", all_text([*templates(), *own_python(), *own_scripts()]))
        )
        words |= set(re.findall(r'icons\.svg" %}#([\w-]+)"', all_text(templates())))
        assert self.symbols() - words == set()


class TestAddresses:
    def names(self, patterns=None):
        for pattern in patterns or get_resolver().url_patterns:
            if isinstance(pattern, URLPattern):
                yield pattern.name
            elif pattern.namespace is None:
                yield from self.names(pattern.url_patterns)

    def test_each_that_is_named_exists(self):
        known = set(self.names())
        text = all_text([*templates(), *own_python()])
        named = set(
            re.findall(r"""(?:{% url |\breverse\(|\bredirect\(|\breverse_lazy\()["']([\w-]+)["']""", text)
        )
        assert named
        assert named - known == set()

    def test_each_is_in_french_and_each_name_in_english(self):
        english = re.compile(
            r"\b(place|neighbourhood|workshop|partner|correction|about|help|health|search)s?\b"
        )
        paths = [str(pattern.pattern) for pattern in get_resolver("places.urls").url_patterns]
        assert [path for path in paths if english.search(re.sub(r"<.*?>", "", path))] == []


class TestAdmin:
    def test_shows_every_model_by_itself_or_within_another(self):
        inlines = {inline.model for admin in site._registry.values() for inline in admin.inlines}
        hidden = {model.__name__ for model in SHOWN if model not in site._registry and model not in inlines}
        assert hidden == set()


class TestCommands:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_says_in_french_what_it_does(self, name):
        text = str(load_command_class("places", name).help)
        assert len(text) > 20
        assert text[0].isupper()
        assert text.endswith(".")
        assert not ENGLISH.search(text)


ENGLISH = re.compile(
    r"\b(the|and|for|with|from|name|of|date|created|updated|at|on|is|place|hours|address|state|phone|email"
    r"|user|count|number|field|this|that|new|delete|add|change|select|search|file|import)\b",
    re.I,
)
# Spelled alike in both languages.
ALSO_FRENCH = re.compile(r"\b(on|date|est|service|place)\b", re.I)


# Tables that programs write for themselves: nobody reads what their columns are called.
INNER = {"Posting", "Word", "FilterCodes", "IndexStamp", "Coverage", "Predecessor"}
SHOWN = [model for model in MODELS if model.__name__ not in INNER]


def labels():
    """(where it stands, the words) of all that forms and the admin call things."""
    for model in SHOWN:
        yield f"{model.__name__}", model._meta.verbose_name
        yield f"{model.__name__}s", model._meta.verbose_name_plural
        for field in model._meta.get_fields():
            if isinstance(field, models.Field) and field.editable and not field.auto_created:
                where = f"{model.__name__}.{field.name}"
                yield where, field.verbose_name
                yield where, field.help_text
                yield from ((where, label) for _value, label in field.flatchoices)
    for form in vars(forms).values():
        if isinstance(form, type) and issubclass(form, django_forms.BaseForm):
            for name, field in form.base_fields.items():
                is_hidden = isinstance(field.widget, django_forms.HiddenInput)
                if field.label is not None or not is_hidden:
                    yield f"{form.__name__}.{name}", field.label or ""
                    yield f"{form.__name__}.{name}", field.help_text


class TestLabels:
    def test_are_in_french(self):
        english = {
            f"{where}: {words}"
            for where, words in labels()
            if ENGLISH.search(ALSO_FRENCH.sub("", str(words)))
        }
        assert english == set()

    def test_are_given_and_not_made_of_the_name_of_the_field(self):
        alike = {"code", "message", "population", "source", "description", "commune", "communes", "licence"}
        made = {
            f"{model.__name__}.{field.name}"
            for model in SHOWN
            for field in model._meta.get_fields()
            if isinstance(field, models.Field)
            and field.editable
            and not field.primary_key
            and field.name not in alike
            and str(field.verbose_name) == field.name.replace("_", " ")
        }
        assert made == set()


# -- French typography ---------------------------------------------------------------------------

FAULTS = {
    "a straight apostrophe": re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"),
    "no no-break space before": re.compile(r"(?<=[\w»)}”’%…]) [:;!?»](?=\s|$|[<{\"),.…])"),
    "no no-break space after": re.compile(r"« |«(?=\w)"),
    "no space at all before": re.compile(r"(?<=[^\W\d_])[;!?»](?=\s|$)"),
    "three dots are one character": re.compile(r"(?<=[^\W\d_])\.\.\.(?!\w)"),
    "a number may part from its unit": re.compile(r"(?:\d|}}|\)s|\)d) (?:h|min|km|m|%|€)(?=[\s.,;)<]|$)"),
    "one says « séance »": re.compile(r"(?i)\bsessions?\b"),
}
# Patterns, queries and the wire are no prose.
NO_PROSE = re.compile(r"\\|\(\?|\)s\?|PRAGMA|CREATE |charset|filename=|SELECT |¡|^[\w.\-/:;=\[\]]+$")
PLACEHOLDER = re.compile(r"%\(\w+\)")


def told_by_python():
    """(file:line, text) of the strings of our code that people may read: docstrings and keys left out."""
    for path in own_python():
        tree = ast.parse(read(path))
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in docstrings and not NO_PROSE.search(node.value):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", PLACEHOLDER.sub("%(x)", node.value)


def told_by_templates():
    for path in templates():
        html = re.sub(r"{#.*?#}|<script.*?</script>", "", read(path), flags=re.S)
        quoted = re.findall(r'(?:translate |_\()"([^"]*)"', html)
        shown = re.sub(r"<[^>]*>", "\n", re.sub(r"{%.*?%}", "\n", html, flags=re.S))
        for text in [*quoted, *BLOCKS.findall(html), *shown.splitlines()]:
            yield name_of(path), text.strip()


def told_by_catalogue():
    yield from ((f"django.po: {msgid}", text) for msgid, text in catalogue().items() if msgid)


class TestTypography:
    @pytest.mark.parametrize("why", FAULTS)
    @pytest.mark.parametrize("told", [told_by_python, told_by_templates, told_by_catalogue])
    def test_is_that_of_french(self, told, why):
        assert [(where, text) for where, text in told() if FAULTS[why].search(text)] == []

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("l'eau", "a straight apostrophe"),
            ("Horaires : lundi", "no no-break space before"),
            ("« Ouvert\u00a0»", "no no-break space after"),
            ("Vraiment?", "no space at all before"),
            ("à suivre...", "three dots are one character"),
            ("9 h", "a number may part from its unit"),
        ],
    )
    def test_knows_a_fault_when_it_sees_one(self, text, why):
        assert FAULTS[why].search(text)
        assert not any(
            fault.search("L’eau\u00a0: «\u00a0à suivre…\u00a0» 9\u00a0h") for fault in FAULTS.values()
        )


# -- Messages ------------------------------------------------------------------------------------


def catalogue():
    """{msgid: msgstr} as the compiled file holds it, the plurals by (msgid, index)."""
    with (LOCALE / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


def plurals_of_python():
    for path in own_python():
        for node in ast.walk(ast.parse(read(path))):
            is_call = isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ("ngettext", "ngettext_lazy")
            )
            if is_call and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value, node.args[1].value


def plurals_of_templates():
    form = re.compile(
        r"{%\s*blocktranslate(?P<with>[^%]*\bcount\b[^%]*)%}(?P<one>.*?){%\s*plural\s*%}(?P<many>.*?){%\s*endblock",
        re.S,
    )
    for path in templates():
        for found in form.finditer(read(path)):
            yield tuple(
                re.sub(
                    r"{{\s*(\w+)\s*}}",
                    r"%(\1)s",
                    " ".join(text.split()) if "trimmed" in found["with"] else text,
                )
                for text in (found["one"], found["many"])
            )


class TestMessages:
    @pytest.mark.parametrize("plural", sorted({*plurals_of_python(), *plurals_of_templates()}))
    def test_zero_is_singular_in_french(self, plural):
        with override("fr"):
            assert ngettext(*plural, 0) == ngettext(*plural, 1)
            assert ngettext(*plural, 2) == plural[1]

    def test_are_compiled_as_they_are_written(self):
        written, compiled = {}, dict(catalogue())
        for msgid, msgid_plural, *strings in entries_of(read(LOCALE / "django.po")):
            for number, text in enumerate(strings):
                written[(msgid, number) if msgid_plural else msgid] = text
        compiled.pop("", None)
        written.pop("", None)
        assert compiled == written


def entries_of(text):
    """(msgid, msgid_plural or "", msgstr…) of a catalogue."""
    for block in re.split(r"\n\s*\n", text):
        found = {}
        for name, quoted in re.findall(r'^(msg\S+(?:\s?\[\d\])?)((?:\s+".*")+)', block, re.M):
            found[name] = "".join(ast.literal_eval(part) for part in re.findall(r'".*"', quoted))
        if "msgid" in found:
            strings = [text for name, text in sorted(found.items()) if name.startswith("msgstr")]
            yield found["msgid"], found.get("msgid_plural", ""), *strings


# -- Settings ------------------------------------------------------------------------------------


class TestReadme:
    def test_tells_every_variable_of_the_environment(self):
        code = all_text((ROOT / "epn_directory").glob("*.py"))
        read_names = set(
            re.findall(r"""(?:environ(?:\.get\(|\[)|\bflag\(|\bwords\()["']([A-Z_]+)["']""", code)
        )
        assert "DATABASE_URL" in read_names
        told = set(re.findall(r"`([A-Z_]+)`", read(ROOT / "README.md")))
        assert read_names - told == set()

    def test_tells_no_variable_that_nothing_reads(self):
        code = all_text([*(ROOT / "epn_directory").glob("*.py"), *(ROOT / "bin").glob("*")])
        told = set(re.findall(r"^\| (.*?) \|", read(ROOT / "README.md"), re.M))
        names = {name for cell in told for name in re.findall(r"`([A-Z_]+)`", cell)}
        assert {name for name in names if name not in code} == set()

    def test_names_commands_that_exist(self):
        named = set(re.findall(r"manage\.py (\w+)", read(ROOT / "README.md")))
        assert named
        assert named <= set(get_commands())
