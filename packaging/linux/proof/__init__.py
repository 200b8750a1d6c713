"""Uses the installed program as somebody at a desktop does, inside a clean Debian, as an ordinary user."""
