"""A corpus of bad files, and of odd ones that can be read all the same: what each is, and what readers are told of it.

Every `*_files.py` is a group of cases. A case is named as its file, which says what is wrong with it; `python -m
tests.data --out FOLDER` writes all of them to look at. Texts are also stored, under `files/`; workbooks and what is
large are made when they are needed. `test_bad_files.py` loads each alone and holds the outcome against the case.
"""
