"""Values become the texts that stand in an extract."""

import numpy as np

from pipeline.demo.rendering import PLAIN, _texts
from pipeline.schemas.extract import Kind


def test_a_count_of_any_size_is_written_and_one_that_nobody_knows_is_blank():
    assert _texts(Kind.COUNT, "population", np.array([0, 2_101, 1_000_000, -1]), PLAIN).tolist() == [
        "0",
        "2101",
        "1000000",
        "",
    ]
