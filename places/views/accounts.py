"""Where professionals sign in: apart from the admin, which most of them may not enter."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from places.forms.account import PasswordForm, SignInForm
from places.models import is_professional

with_a_form = require_http_methods(["GET", "HEAD", "POST"])

sign_in = with_a_form(
    LoginView.as_view(
        template_name="places/sign_in.html",
        authentication_form=SignInForm,
        redirect_authenticated_user=True,
        # Django would call the site by the name of its host.
        extra_context={"site_name": settings.SITE_NAME},
    )
)
sign_out = require_POST(LogoutView.as_view())


class ChangePassword(PasswordChangeView):
    template_name = "places/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("account")

    def form_valid(self, form):
        messages.success(self.request, _("Votre mot de passe est changé."))
        return super().form_valid(form)


password = with_a_form(ChangePassword.as_view())


@require_safe
@login_required
def account(request):
    return render(
        request,
        "places/account.html",
        {"is_professional": is_professional(request.user), "lists": request.user.shared_lists.all()},
    )
