"""The engine's own encryption: what docs/data-protection.md says of it holds. If this fails, it can be offered."""

from pathlib import Path

import duckdb
import pytest

OFFLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
ATTACH = "attach '{file}' as secret (encryption_key 'k'{more})"


def test_the_engine_writes_no_encrypted_file_by_itself(tmp_path: Path):
    with duckdb.connect(config=OFFLINE) as connection, pytest.raises(duckdb.Error, match="LOAD httpfs"):
        connection.execute(ATTACH.format(file=tmp_path / "a.duckdb", more=""))


def test_what_it_would_need_is_not_part_of_it():
    with duckdb.connect(config=OFFLINE) as connection:
        found = connection.execute("select installed from duckdb_extensions() where extension_name = 'httpfs'")
        assert found.fetchall() == [(False,)]


def test_it_says_itself_that_the_other_way_is_not_secure(tmp_path: Path):
    with duckdb.connect(config=OFFLINE) as connection, pytest.raises(duckdb.Error, match="NOT securely encrypted"):
        connection.execute(ATTACH.format(file=tmp_path / "a.duckdb", more=""))


def test_the_oldest_storage_version_holds_no_encrypted_file(tmp_path: Path):
    with duckdb.connect(config=OFFLINE) as connection, pytest.raises(duckdb.Error, match="not compatible"):
        connection.execute(ATTACH.format(file=tmp_path / "a.duckdb", more=", storage_version 'v1.0.0'"))
