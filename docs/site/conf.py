# SPDX-License-Identifier: GPL-3.0-or-later
# Settings of the documentation site; docs/site/build gives the paths in the environment.
import os
import re
import sys
from pathlib import Path

here = Path(__file__).parent
checkout = here.parent.parent
sys.path.insert(0, str(here))

project = "velocal"
author = "the authors of velocal"
copyright = "the authors of velocal; GNU General Public License, version 3 or later"
release = version = re.search(r"VERSION (\S+) ", (checkout / "CMakeLists.txt").read_text())[1]

extensions = ["myst_parser", "breathe", "sphinx.ext.autodoc", "velocal_site"]
exclude_patterns = ["site"]
myst_heading_anchors = 4
myst_enable_extensions = ["dollarmath"]
html_math_renderer = "mathml"

breathe_projects = {"velocal": os.environ["VELOCAL_DOXYGEN_XML"]}
breathe_default_project = "velocal"
breathe_show_include = False
highlight_language = "text"
smartquotes = False  # options begin with two dashes

nitpicky = True
# Names of other libraries, of template parameters, and of what is declared but not installed, have no page here.
nitpick_ignore_regex = [
    ("cpp:identifier", r"(std|Eigen)(::.*)?"),
    ("cpp:identifier", r"(T|Real|Enum|Type|Formula|count|uint\d+_t|int\d+_t|size_t)"),
    ("py:.*", r"(numpy|pandas|matplotlib|pathlib|os|collections|velocal\.\w+)\..*"),
    ("cpp:identifier", r"(SettingEnum|FileTransaction|NoiseScan|AcquisitionHits|State)"),
]

html_theme = "furo"
html_title = f"velocal {release}"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
