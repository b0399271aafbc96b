"""One module a kind of channel: each has one function that sends, or raises NotDelivered."""
