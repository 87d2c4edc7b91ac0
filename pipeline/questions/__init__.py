"""Ad hoc SQL on the database of the last report: one question at a time, read-only, on screen or as a file."""
