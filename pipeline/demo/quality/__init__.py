"""What the invented municipality follows up beside its cases: the extracts that no case worker writes."""
