"""Files to take away."""

from hashlib import sha256

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response

from places.opendata.tables import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx


def download(content, content_type, name):
    """`content` as a file called `name` (ASCII)."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def table_file(kind, name, title, header, rows):
    """A table as `kind`, "csv" or "xlsx". Raises Http404 on any other kind."""
    if kind == "csv":
        return download(as_csv(header, rows), CSV_TYPE, f"{name}.csv")
    if kind == "xlsx":
        return download(as_xlsx(str(title), header, rows), XLSX_TYPE, f"{name}.xlsx")
    raise Http404


def unless_known(request, response):
    """`response`, or 304 to whoever has it already.

    By its content alone: a session that is taken away leaves no later date behind.
    """
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
