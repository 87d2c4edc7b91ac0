"""Damaged files, thousands of them: none may make the readers fall, hang or lose a row. `python -m tests.fuzz`."""
