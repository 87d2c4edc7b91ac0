"""A judge of the protection that knows its contract and none of its code."""
