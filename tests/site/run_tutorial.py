# SPDX-License-Identifier: GPL-3.0-or-later
"""run_tutorial.py BUILD: runs the blocks of ```sh of the tutorial, page after page, as one who follows it does. Each line of a
block of ```text has to be in what the commands before it have printed."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

checkout = Path(__file__).resolve().parent.parent.parent
pages = ["docs/tutorial/demo.md", "docs/tutorial/own-scan.md"]
mark = "--- end of block ---"


def blocks(page):
    return re.findall(r"^```(sh|text)\n(.*?)^```$", (checkout / page).read_text(), re.M | re.S)


all_blocks = [block for page in pages for block in blocks(page)]
# No pipefail: a reader's shell has none, and `ls` may be cut off by `head`.
script = "set -eu\n" + "".join(f"{text}echo '{mark}'\n" for kind, text in all_blocks if kind == "sh")
with tempfile.TemporaryDirectory() as folder:
    (Path(folder) / "datasets").symlink_to(checkout / "datasets")
    (Path(folder) / "build").mkdir()
    (Path(folder) / "build/release").symlink_to(Path(sys.argv[1]).resolve())
    run = subprocess.run(["bash", "-c", script], cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
if run.returncode != 0:
    sys.exit(f"{run.stdout}\nended with {run.returncode}")

printed = iter(run.stdout.split(mark))
missing = []
checked = 0
output = ""
for kind, text in all_blocks:
    if kind == "sh":
        output = next(printed)
        continue
    for line in text.splitlines():
        checked += 1
        if line not in output:
            missing.append(f"{line}\n  is not in\n{output}")
print(f"{script.count(mark)} blocks of commands run, {checked} lines of output compared")
sys.exit("\n".join(missing) or (0 if checked > 10 else "hardly anything to compare"))
