"""Playing recordings and knowing the true position; never storage or export."""
