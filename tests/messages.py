"""What visitors read, message by message, and the catalogues of the other languages.

    python -m tests.messages            adds to each catalogue what it lacks, untranslated
    python -m tests.messages --missing  says how much each lacks

The admin, the commands and the reports of imports are in French alone.
"""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACES = ROOT / "places"
LOCALE = PLACES / "locale"
LANGUAGES = ["en", "ar", "es", "pt", "tr", "uk"]
# Rules of plural of Unicode CLDR, as gettext writes them.
PLURALS = {
    "en": (2, "n != 1"),
    "ar": (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"),
    "es": (2, "n != 1"),
    "pt": (2, "n != 1"),
    "tr": (2, "n != 1"),
    "uk": (3, "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"),
}
# Where visitors' messages are written. Of the models, what is chosen from: their labels are for the admin.
PARTS = ["views", "forms", "search", "domain", "templatetags", "addresses"]
NAMES = {"reference.json": ["name", "description"], "needs.json": ["name"]}  # descriptions: of axes
# What a visitor is asked with the labels of the model: its file, its fields.
ASKED = {"correction.py": {"kind", "message", "reply_to"}}
# Lists that no public page shows.
UNSEEN = {"places.source", "places.label"}

_QUOTED = re.compile(r"""(?:\btranslate\s+|_\()"([^"]*)\"""")
_BLOCK = re.compile(r"{%\s*blocktranslate(?P<args>[^%]*)%}(?P<body>.*?){%\s*endblocktranslate\s*%}", re.S)


def messages():
    """{(msgid, msgid_plural or "", context or "")} of all that visitors read."""
    found = set()
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file() and "admin" not in path.parts:
            found |= set(of_template(path.read_text(encoding="utf-8")))
    for part in PARTS:
        for path in sorted([*PLACES.glob(f"{part}.py"), *(PLACES / part).rglob("*.py")]):
            found |= set(of_python(ast.parse(path.read_text(encoding="utf-8"))))
    for path in sorted((PLACES / "models").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= set(of_choices(tree)) | set(of_fields(tree, ASKED.get(path.name, ())))
    found |= set(of_fixtures())
    found.discard(("", "", ""))
    return found


def of_template(text):
    text = re.sub(r"{#.*?#}", "", text)
    for block in _BLOCK.finditer(text):
        bodies = re.split(r"{%\s*plural\s*%}", block["body"])
        ids = [_msgid(body, "trimmed" in block["args"]) for body in bodies]
        yield ids[0], ids[1] if len(ids) > 1 else "", ""
    for found in _QUOTED.finditer(_BLOCK.sub("", text)):
        yield found[1].replace("%", "%%"), "", ""


def _msgid(body, is_trimmed):
    if is_trimmed:
        body = " ".join(line.strip(" \t\r\f\v") for line in body.strip().split("\n"))
    return re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", body.replace("%", "%%"))


def of_python(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := ast.unparse(node.func)) in CALLS:
            values = [part.value for part in node.args[: CALLS[name]] if isinstance(part, ast.Constant)]
            if len(values) == CALLS[name] and all(isinstance(value, str) for value in values):
                if name == "pgettext":
                    yield values[1], "", values[0]
                else:
                    yield values[0], values[1] if len(values) > 1 else "", ""


CALLS = dict.fromkeys(["_", "gettext", "gettext_lazy"], 1)
CALLS |= dict.fromkeys(["ngettext", "ngettext_lazy", "pgettext"], 2)


def of_choices(tree):
    """Labels of choices, and what methods say."""
    for node in ast.walk(tree):
        is_choices = isinstance(node, ast.ClassDef) and "Choices" in ast.unparse(node.bases or [])[:60]
        if is_choices or isinstance(node, ast.FunctionDef):
            yield from of_python(node)


def of_fields(tree, names):
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in names:
            yield from of_python(node.value)


def of_fixtures():
    for file, fields in NAMES.items():
        for row in json.loads((ROOT / "fixtures" / file).read_text(encoding="utf-8")):
            if row["model"] not in UNSEEN:
                fields_of_row = fields if row["model"] == "places.theme" else ["name"]
                yield from (
                    (row["fields"][name], "", "") for name in fields_of_row if row["fields"].get(name)
                )


# -- Catalogues ----------------------------------------------------------------------------------


def path_of(language):
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def catalogue(language):
    """{(msgid, msgid_plural, context): [msgstr, …]} as it is written; a fuzzy one counts as empty."""
    path, found = path_of(language), {}
    if not path.exists():
        return found
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        said = {}
        for name, quoted in re.findall(r'^(msg\S+(?:\s?\[\d\])?)((?:\s+".*")+)', block, re.M):
            said[name] = "".join(ast.literal_eval(part) for part in re.findall(r'".*"', quoted))
        if said.get("msgid"):
            strings = [text for name, text in sorted(said.items()) if name.startswith("msgstr")]
            key = said["msgid"], said.get("msgid_plural", ""), said.get("msgctxt", "")
            found[key] = [""] * len(strings) if re.search(r"^#,.*fuzzy", block, re.M) else strings
    return found


def missing(language):
    known = catalogue(language)
    return sorted(key for key in messages() if not all(known.get(key, [""])))


def write(language):
    """The catalogue with all messages, in order; what nobody says any more is left out."""
    count, rule = PLURALS[language]
    known = catalogue(language)
    head = ["Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"]
    head += [f"Language: {language}", f"Plural-Forms: nplurals={count}; plural={rule};"]
    blocks = ['msgid ""\nmsgstr ""\n' + "\n".join(quoted(f"{line}\n") for line in head)]
    for key in sorted(messages()):
        msgid, plural, context = key
        strings = known.get(key) or [""]
        lines = [f"msgctxt {quoted(context)}"] if context else []
        lines.append(f"msgid {quoted(msgid)}")
        if plural:
            strings = (strings + [""] * count)[:count]
            lines.append(f"msgid_plural {quoted(plural)}")
            lines += [f"msgstr[{n}] {quoted(text)}" for n, text in enumerate(strings)]
        else:
            lines.append(f"msgstr {quoted(strings[0])}")
        blocks.append("\n".join(lines))
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    subprocess.run(["msgfmt", "-o", path.with_suffix(".mo"), path], check=True)


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    for code in LANGUAGES:
        if "--missing" not in sys.argv:
            write(code)
        sys.stdout.write(f"{code}: {len(missing(code))} missing of {len(messages())}\n")
