"""`python -m pipeline`: into the project's environment first, then the command line."""

import sys

from pipeline import environment

environment.enter(["-m", "pipeline", *sys.argv[1:]])

from pipeline.cli import main  # noqa: E402  (its libraries exist only inside the environment)

main()
