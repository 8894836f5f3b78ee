"""How static files are named and packed for browsers."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names that carry a hash of the content, also inside `import … from "…";` of ES modules."""

    support_js_module_import_aggregation = True
