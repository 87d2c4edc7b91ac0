"""`shell`: one question after the other at a prompt, each put as `sql` puts it, on the database as it then is."""
