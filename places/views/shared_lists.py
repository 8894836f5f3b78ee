"""Lists that professionals keep under a name, and the secret address by which others read them."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from places.forms.shared_list import ListNameForm, RenameForm
from places.models import SharedList, is_professional

from .chosen import asked
from .selected import cards_of, occurrences_of


def professionals_only(view):
    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not is_professional(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_POST
@professionals_only
def list_make(request):
    """Keep a choice; under the name of a list of one's own, in the place of what that held."""
    form, selection = ListNameForm(request.POST), asked(request.POST)
    if not form.is_valid() or not selection.count:
        messages.error(request, " ".join(form.errors.get("name", [])) or _("Rien n’est encore choisi"))
        return redirect(f"{reverse('selection')}{selection.query}")
    row = SharedList.objects.keep(request.user, form.cleaned_data["name"], selection)
    messages.success(request, _("La liste est gardée. Son lien est prêt à partager."))
    return redirect(row.own_url)


@require_http_methods(["GET", "HEAD", "POST"])
@professionals_only
def own_list(request, pk):
    """One list and its address, for who made it; a new name."""
    row = get_object_or_404(SharedList, pk=pk, owner=request.user)
    form = RenameForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        form.save()
        messages.success(request, _("La liste a un nouveau nom."))
        return redirect(row.own_url)
    # What was typed is in the form; the page goes by the name that is kept.
    row.refresh_from_db()
    url = request.build_absolute_uri(row.get_absolute_url())
    return render(request, "places/own_list.html", {"list": row, "form": form, "url": url})


@require_POST
@professionals_only
def list_share_again(request, pk):
    get_object_or_404(SharedList, pk=pk, owner=request.user).share_again()
    messages.success(request, _("La liste a un nouveau lien. L’ancien ne mène plus nulle part."))
    return redirect("own-list", pk)


@require_POST
@professionals_only
def list_revoke(request, pk):
    get_object_or_404(SharedList, pk=pk, owner=request.user).revoke()
    messages.success(request, _("La liste n’est plus partagée."))
    return redirect("own-list", pk)


@require_POST
@professionals_only
def list_delete(request, pk):
    get_object_or_404(SharedList, pk=pk, owner=request.user).delete()
    messages.success(request, _("La liste est supprimée."))
    return redirect("account")


@require_safe
@never_cache
def shared_list(request, token):
    """For whoever has the address; one that is revoked, replaced or guessed is told the same."""
    row = SharedList.objects.open().filter(token=token).first()
    if row is None:
        response = render(request, "places/shared_list_gone.html", status=404)
    else:
        response = render(request, "places/shared_list.html", shown(row, timezone.now()))
    # The address is the secret: it goes neither to the sites that the page leads to nor into an index.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def shown(row, at):
    places, occurrences = cards_of(row.selection, at), occurrences_of(row.selection, at)
    return {
        "list": row,
        "places": places,
        "occurrences": occurrences,
        "gone": row.selection.count - len(places) - len(occurrences),
    }
