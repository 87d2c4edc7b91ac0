"""The register of units."""

from pipeline.schemas.extract import PROVIDER_TYPE, SOURCE_SYSTEM, Extract, category, day

EXTRACT = Extract(
    name="units",
    noun="enheterna",
    columns=(
        category("unit", required=True),
        category("programme", required=True),
        category("area", required=True),
        PROVIDER_TYPE,
        day("valid_from", future=True),
        day("valid_to", future=True),
        SOURCE_SYSTEM,
    ),
    key=("unit", "valid_from"),
)
