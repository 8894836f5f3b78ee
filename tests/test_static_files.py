"""Static files as the site serves them: collected, named by their content, packed."""

import json
import re

import pytest
from django.core.management import call_command
from django.test import override_settings

RELATIVE_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
CSS_URL = re.compile(r"""url\(["']?(?!data:|#)([^"')]+)["']?\)""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "epn_directory.storage.HashedStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def test_every_module_imports_the_hashed_name_of_the_other(collected):
    modules = [path for path in (collected / "js").rglob("*.js") if HASHED.search(path.name)]
    imports = [(path, name) for path in modules for name in RELATIVE_IMPORT.findall(path.read_text())]
    assert imports
    for path, name in imports:
        assert HASHED.search(name), f"{path.name} imports {name}, a name without a hash"
        assert (path.parent / name).exists(), f"{path.name} imports {name}, which is not there"


def test_every_style_sheet_asks_for_files_that_are_there(collected):
    sheets = [path for path in (collected / "css").rglob("*.css") if HASHED.search(path.name)]
    assert sheets
    for path in sheets:
        for name in CSS_URL.findall(path.read_text()):
            assert (path.parent / name.split("#")[0].split("?")[0]).exists(), f"{path.name} asks for {name}"


def test_scripts_and_style_sheets_are_packed_beforehand(collected):
    manifest = json.loads((collected / "staticfiles.json").read_text())["paths"]
    assert (collected / (manifest["css/base.css"] + ".gz")).exists()
