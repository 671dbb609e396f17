# SPDX-License-Identifier: GPL-3.0-or-later
"""make_manual.py OUT PROGRAM...: man pages and completions for bash, zsh and fish, of what each program says with
--help --json. They go to the folders man1, bash, zsh and fish of OUT."""
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

here = Path(__file__).parent


def words_of(option):
    """The words that an option's value may be: `even|odd|rows`, or the list that ends its text."""
    listed = option["value"].split("|")
    if option["value"] == "NAME" and ": " in option["text"]:
        listed = option["text"].rsplit(": ", 1)[1].split(", ")
    elif len(listed) == 1:
        return []
    return [word for word in listed if re.fullmatch(r"[\w-]+", word) and (option["value"] == "NAME" or word.islower())]


def kinds_of(help):
    """The words before the descriptor with their meaning, of a program that takes one."""
    return re.findall(r"(?m)^ *(\S+) {2,}(.*)$", help["word"]["list"])


def options_of(help):
    return help["options"] + help["common_options"]


# --- man pages


def roff(text):
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return re.sub(r"(?m)^([.'])", r"\&\1", text)


def roff_options(options):
    lines = []
    for option in options:
        names = ([f"-{option['short']}"] if option["short"] else []) + [f"--{option['name']}"]
        value = rf" \fI{roff(option['value'])}\fR" if option["value"] else ""
        lines += [".TP", ", ".join(rf"\fB{roff(name)}\fR" for name in names) + value, roff(option["text"])]
    return lines


def man_page(help):
    name, word = help["program"], help["word"]["name"]
    sentence = " ".join(help["sentence"].split())
    short = sentence.split(". ")[0].split(": ")[0].rstrip(".")
    lines = [
        f'.TH {name.upper()} 1 "" "velocal {help["version"]}" "velocal"',
        ".SH NAME",
        rf"{roff(name)} \- {roff(short[0].lower() + short[1:])}",
        ".SH SYNOPSIS",
        rf".B {roff(name)}",
        (rf"\fI{word}\fR " if word else "") + r"\fIDATASET.yaml\fR [\fIoptions\fR]",
        ".SH DESCRIPTION",
        roff(sentence),
    ]
    if word:
        lines += [f".SS {word}"]
        for kind, meaning in kinds_of(help):
            lines += [".TP", rf"\fB{roff(kind)}\fR", roff(meaning)]
    lines += [".SH OPTIONS", *roff_options(help["options"])]
    if help["options"]:
        lines += [".SS Common options"]
    lines += roff_options(help["common_options"])
    lines += [".SH EXAMPLES", ".nf", *[roff(example) for example in help["examples"]], ".fi"]
    return "\n".join(lines) + "\n" + (here / "manual_end.roff").read_text()


# --- completions: what all share lies in a file beside this one


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def bash(help):
    function = "_" + help["program"].replace("-", "_")
    cases = []
    for option in options_of(help):
        names = f"--{option['name']}" + (f"|-{option['short']}" if option["short"] else "")
        if words_of(option):
            cases.append(f"    {names}) _velocal_words {quoted(' '.join(words_of(option)))}; return ;;")
        elif option["name"] == "scan":
            cases.append(f"    {names}) _velocal_words \"$(_velocal_labels)\"; return ;;")
        elif option["value"] in ("DIR", "FILE"):
            cases.append(f"    {names}) _velocal_files {option['value']}; return ;;")
        elif option["value"]:
            cases.append(f"    {names}) return ;;")
    options = " ".join(f"--{option['name']}" for option in options_of(help))
    kinds = " ".join(kind for kind, _ in kinds_of(help))
    return "\n".join(
        [
            (here / "completion.bash").read_text(),
            f"{function}() {{",
            "  local cur prev",
            "  _velocal_place",
            '  case "$prev" in',
            *cases,
            "  esac",
            f"  _velocal_rest {quoted(options)} {quoted(kinds)}",
            "}",
            f"complete -o filenames -F {function} {help['program']}\n",
        ]
    )


def zsh(help):
    def text(of):
        return re.sub(r"([\[\]:\\])", r"\\\1", of).replace("'", "'\\''")

    lines = [f"#compdef {help['program']}", (here / "completion.zsh").read_text(), "_arguments -s \\"]
    for option in options_of(help):
        value = option["value"]
        if words_of(option):
            value = f":{text(value)}:({' '.join(words_of(option))})"
        elif option["name"] == "scan":
            value = ":label:_velocal_labels"
        elif value == "DIR":
            value = ":folder:_files -/"
        elif value == "FILE":
            value = ":file:_files"
        elif value:
            value = f":{text(value)}:"
        star = "*" if option["repeatable"] else ""
        meaning = f"[{text(option['text'])}]{value}"
        if option["short"]:
            lines.append(f"  '(-{option['short']} --{option['name']})'{{-{option['short']},--{option['name']}}}'{meaning}' \\")
        else:
            lines.append(f"  '{star}--{option['name']}{meaning}' \\")
    if kinds_of(help):
        kinds = " ".join(f"{kind}\\:{quoted_in_zsh(meaning)}" for kind, meaning in kinds_of(help))
        lines.append(f"  '1:{help['word']['name']}:(({kinds}))' \\")
    lines.append("  '*:descriptor:_files -g \"*.yaml\"'\n")
    return "\n".join(lines)


def quoted_in_zsh(meaning):
    return '"' + re.sub(r'["\[\]:\\$`]', "", meaning).replace("'", "") + '"'


def fish(help):
    name = help["program"]
    lines = [(here / "completion.fish").read_text(), f"complete -c {name} -k -xa '(__fish_complete_suffix .yaml)'"]
    for kind, meaning in kinds_of(help):
        lines.append(f"complete -c {name} -n 'test (count (commandline -opc)) -eq 1' -xa {kind} -d {quoted_in_fish(meaning)}")
    for option in options_of(help):
        line = f"complete -c {name} -l {option['name']}"
        line += f" -s {option['short']}" if option["short"] else ""
        if words_of(option):
            line += f" -xa {quoted_in_fish(' '.join(words_of(option)))}"
        elif option["name"] == "scan":
            line += " -xa '(__velocal_labels)'"
        elif option["value"] == "DIR":
            line += " -xa '(__fish_complete_directories)'"
        elif option["value"]:
            line += " -r"
        lines.append(f"{line} -d {quoted_in_fish(option['text'])}")
    return "\n".join(lines) + "\n"


def quoted_in_fish(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def main(out, programs):
    writers = {"man1/{}.1.gz": man_page, "bash/{}": bash, "zsh/_{}": zsh, "fish/{}.fish": fish}
    for program in programs:
        said = subprocess.run([program, "--help", "--json"], capture_output=True, text=True, check=True).stdout
        for file, write in writers.items():
            path = Path(out) / file.format(Path(program).name)
            path.parent.mkdir(parents=True, exist_ok=True)
            text = write(json.loads(said)).encode()
            path.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)


main(sys.argv[1], sys.argv[2:])
