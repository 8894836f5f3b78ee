"""How static files are named and packed for browsers."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names that carry a hash of the content, also inside `import … from "…";` of ES modules."""

    support_js_module_import_aggregation = True

    # One storage a process: a page names twenty files, and the names of a release stay.
    @cache  # noqa: B019
    def url(self, name, force=False):
        return super().url(name, force)
