"""What holds for every test."""

import os

from hypothesis import settings

# A shared build server is slow at times; what fails there must fail in the same way when it is run again.
settings.register_profile("here", deadline=None)
settings.register_profile("server", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("server" if os.environ.get("CI") else "here")
