"""The national address service (BAN): where a street is. Asked little and never waited for long."""

from .answer import Address
from .client import Unreachable, find, is_offered

__all__ = ["Address", "Unreachable", "find", "is_offered"]
