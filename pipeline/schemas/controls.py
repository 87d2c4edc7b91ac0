"""Internal control: risks, what was checked and what was found."""

from pipeline.schemas.extract import SOURCE_SYSTEM, Extract, category, code, count, day, text
from pipeline.schemas.rules import at_most

EXTRACT = Extract(
    name="controls",
    noun="momenten i internkontrollen",
    columns=(
        category("risk", required=True),
        category("control", required=True),
        category("unit"),
        day("date", required=True),
        count("probability", least=1, most=4),
        count("consequence", least=1, most=4),
        count("sampled"),
        count("deviating"),
        code("outcome", "ingen avvikelse", "mindre avvikelse", "stor avvikelse", "ej utförd"),
        text("analysis"),
        text("action"),
        SOURCE_SYSTEM,
    ),
    key=("risk", "control", "unit", "date"),
    orders=(at_most("deviating", "sampled"),),
)
