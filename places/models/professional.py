"""Who sees what is meant for professionals only."""

PERMISSION = "read_professional_contacts"


def is_professional(user):
    """Whether `user` is signed in and of a group that may read these contacts, or works in the admin."""
    return user.is_active and (user.is_staff or user.has_perm(f"places.{PERMISSION}"))
