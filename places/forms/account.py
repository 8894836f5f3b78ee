"""Signing in, and a new password, in the words of this site."""

from django.contrib.auth import forms as auth_forms
from django.utils.translation import gettext_lazy as _


class SignInForm(auth_forms.AuthenticationForm):
    error_messages = {
        "invalid_login": _("Ce nom et ce mot de passe ne vont pas ensemble."),
        "inactive": _("Ce compte n’est plus ouvert."),
    }


class PasswordForm(auth_forms.PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Django's own is a list in HTML, of which a line of help cannot be made.
        self.fields["new_password1"].help_text = _("Au moins huit caractères, et pas un mot trop courant.")
