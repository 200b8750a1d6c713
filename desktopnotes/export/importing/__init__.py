"""Files read back: what they say of talks and notes, whoever wrote them."""
