"""What the network's side needs of the machine."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_many_connections_are_allowed_where_the_usual_limit_is_low():
    code = (
        "import resource as r; hard = r.getrlimit(r.RLIMIT_NOFILE)[1]; r.setrlimit(r.RLIMIT_NOFILE, (256, hard));"
        "from reader.engine import staffing; staffing._allow_files();"
        "soft = r.getrlimit(r.RLIMIT_NOFILE)[0]; print(soft == r.RLIM_INFINITY or soft >= min(hard, staffing.FILES))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
