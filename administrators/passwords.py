"""What a new password may not be."""

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator


class AttributeSimilarityValidator(UserAttributeSimilarityValidator):
    """Not like the person's username, names or address."""

    DEFAULT_USER_ATTRIBUTES = ("username", "first_name", "middle_name", "last_name", "email")
