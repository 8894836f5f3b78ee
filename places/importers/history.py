"""Rows stored in bulk, with the line of history that `save()` would have written for each."""


def store_with_history(model, created, updated, fields, *, reason, at):
    """Insert `created`, write `fields` of `updated`; a few statements, whatever the number of rows."""
    model.objects.bulk_create(created, batch_size=500)
    made_at = [getattr(row, "created_at", None) for row in updated]
    # An upsert by primary key: `bulk_update` writes one CASE of 500 branches for each of 40 fields.
    model.objects.bulk_create(
        updated, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )
    for row, moment in zip(updated, made_at, strict=True):
        row.created_at = moment  # the insert that became an update had set it to now
    told = {"batch_size": 500, "default_change_reason": reason[:100], "default_date": at}
    model.history.bulk_history_create(created, **told)
    model.history.bulk_history_create(updated, update=True, **told)
