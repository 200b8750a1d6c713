"""Desktop Notes: watch recorded talks, write notes stamped with their moment, publish a post."""

__version__ = "0.1.0"
