"""The rooms that turn figures into files. They are given figures and never open the database."""
