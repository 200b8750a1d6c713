"""From notes to a post and other outputs; never storage or media."""
