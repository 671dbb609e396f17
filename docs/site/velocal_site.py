# SPDX-License-Identifier: GPL-3.0-or-later
"""What the site has beyond Markdown: formulas as MathML, options of the programs, pages of the C++ and Python API."""
import base64
import hashlib
import importlib.util
import json
import os
import re
import subprocess
from pathlib import Path

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util import logging

checkout = Path(__file__).parent.parent.parent
pictures = Path(os.environ["VELOCAL_NOTEBOOK_PICTURES"])
log = logging.getLogger(__name__)


def write_formula(writer, node, inline):
    formula = tex2mathml(node.astext(), inline=inline)
    writer.body.append(formula if inline else f'<div class="formula">{formula}</div>')
    raise nodes.SkipNode


def help_of(name):
    """What a program says with --help --json."""
    program = Path(os.environ["VELOCAL_BIN"]) / name
    return json.loads(subprocess.run([program, "--help", "--json"], capture_output=True, text=True, check=True).stdout)


def program_help(name):
    """Usage, examples and own options of a program."""
    if not (Path(os.environ["VELOCAL_BIN"]) / name).exists():  # velocal-report, where there is no Node
        return "It was left out when velocal was built for this site."
    help = help_of(name)
    word = help["word"]
    parts = [help["sentence"], code("sh", " ".join([name, word["name"], "DATASET.yaml [options]"]).replace("  ", " "))]
    if word["name"]:
        parts += [f"{word['name']}:", code("text", word["list"])]
    parts += ["Examples:", code("sh", "\n".join(help["examples"]))]
    if help["options"]:
        parts.append(options(name, help["options"]))
    return "\n\n".join([*parts, "The [common options](#common-options) come on top."])


def common_options(name):
    """The options that every program has, from the --help of one."""
    return options("common", help_of(name)["common_options"])


def code(language, text):
    return f"```{language}\n{text.strip()}\n```"


def options(program, table):
    text = f".. program:: {program}\n"
    for option in table:
        names = [f"-{option['short']}"] if option["short"] else []
        names.append(f"--{option['name']} {option['value']}".rstrip())
        text += f"\n.. option:: {', '.join(names)}\n\n   " + re.sub(r"([\\*`|_])", r"\\\1", option["text"]) + "\n"
    return code("{eval-rst}", text)


def cpp_api(folder):
    """The installed headers of a folder, or the front door."""
    listed = (checkout / "libvelocal/public_headers.cmake").read_text()
    headers = re.findall(rf"(?m)^ +(velocal/{folder}(?:/\S+)?\.hpp)$", listed)
    return "\n\n".join(f"## {Path(header).name}\n\n```{{doxygenfile}} {header}\n```" for header in headers)


def notebook(path):
    """A notebook's cells and what they print and draw, where Debian's python3-nbconvert and python3-ipykernel run it."""
    file = checkout / "docs" / path
    if not file.is_file():
        return "# A notebook\n\nIt is not part of this checkout."
    return "\n\n".join(part for cell in executed(file) for part in shown(cell, file.parent))


def executed(file):
    """The cells of a notebook; without what they print where nothing here runs it."""
    if any(importlib.util.find_spec(name) is None for name in ("nbconvert", "ipykernel", "matplotlib", "pandas", "velocal")):
        log.info(f"{file.name} is shown without its results")
        return json.loads(file.read_text())["cells"]
    import nbformat
    from nbconvert.preprocessors import ExecutePreprocessor
    notebook = nbformat.read(file, as_version=4)
    ExecutePreprocessor(timeout=300).preprocess(notebook, {"metadata": {"path": str(file.parent)}})
    return notebook.cells


def shown(cell, folder):
    """A cell and its results in Markdown, for a page in this folder."""
    text = "".join(cell["source"])
    if cell["cell_type"] != "code":
        return [text]
    return [code("python", text), *(result(output, folder) for output in cell.get("outputs", []))]


def result(output, folder):
    """Pictures go to files, whose names are their contents' digest. What goes to the error stream is left out."""
    data = output.get("data", {})
    if "image/png" in data:
        picture = base64.b64decode(data["image/png"])
        file = pictures / f"{hashlib.sha256(picture).hexdigest()[:16]}.png"
        pictures.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture)
        return f"![what the cell above draws]({os.path.relpath(file, folder)})"
    if "text/html" in data:
        return data["text/html"].strip() and code("{raw} html", data["text/html"])  # a bar that is done is empty
    if output.get("name") == "stderr":
        return ""
    return code("text", data.get("text/plain") or output.get("text", ""))


def root_page(name):
    """A page that lies at the root of the checkout."""
    text = (checkout / name).read_text().replace("](docs/", "](")
    return text.replace("](CODE_OF_CONDUCT.md)", "](conduct.md)")


def python_api(module):
    """The Python package, where it can be imported."""
    if importlib.util.find_spec(module) is None:
        return "The package was not built when this page was made."
    return code("{eval-rst}", f".. automodule:: {module}\n   :members:\n   :imported-members:\n   :undoc-members:")


def as_restructured(app, what, name, thing, settings, lines):
    """Docstrings are plain text: `name: meaning` lines become a list, indented lines behind a colon code."""
    text = re.sub(r"(?m)^(?!>>> |\.\.\. | {4})(.*)$", lambda line: re.sub(r"([*|])|_(?!\w)", r"\\\g<0>", line[1]), "\n".join(lines))
    text = re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", text)
    text = re.sub(r":\n\n(?= {4}\S)", "::\n\n", text)
    paragraphs = text.split("\n\n")
    for place, paragraph in enumerate(paragraphs):
        if place > 0 and re.fullmatch(r"([a-z_0-9, ]+: .*(\n +.*)*(\n|$))+", paragraph):
            paragraph = re.sub(r"\n +", " ", paragraph)
            paragraphs[place] = re.sub(r"(?m)^([\w, ]+): ", r"- **\1**: ", paragraph)
    text = "\n\n".join(paragraphs)
    lines[:] = [] if text.startswith("Alias for field number") else text.split("\n")


writers = {
    "program-help": program_help,
    "common-options": common_options,
    "cpp-api": cpp_api,
    "notebook": notebook,
    "python-api": python_api,
    "root-page": root_page,
}


def prepare(app, docname, source):
    """Puts in what is generated. Formulas are ```math and $`…`$ on GitLab and GitHub: MyST has them as ```{math} and
    $…$. What lies outside of docs/ has another place on the site."""
    text = re.sub(r"```\{(%s)\} (\S+)\n```" % "|".join(writers), lambda m: writers[m[1]](m[2]), source[0])
    text = re.sub(r"(?m)^```math$", "```{math}", text)
    text = re.sub(r"\$`([^`]+)`\$", r"$\1$", text)
    if not (checkout / "docs" / "reliability.md").exists():  # a test writes it
        text = re.sub(r"(?m)^reliability$", "", text)
    source[0] = text.replace("](../datasets/README.md)", "](reference/datasets.md)")


def every_program_has_its_help(app, env):
    shown = (checkout / "docs/reference/programs.md").read_text()
    for program in sorted((checkout / "apps").glob("velocal-*.cpp")):
        if f"{{program-help}} {program.stem}\n" not in shown:
            log.warning(f"docs/reference/programs.md does not show {program.stem}")


def setup(app):
    app.add_html_math_renderer(
        "mathml",
        (lambda writer, node: write_formula(writer, node, True), None),
        (lambda writer, node: write_formula(writer, node, False), None),
    )
    app.connect("source-read", prepare)
    app.connect("autodoc-process-docstring", as_restructured)
    app.connect("env-check-consistency", every_program_has_its_help)
