"""Desktop Notes: watch recorded talks, write notes stamped with their moment, publish a post."""

__version__ = "0.2.0.dev0"
