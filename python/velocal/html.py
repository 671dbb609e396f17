# SPDX-License-Identifier: GPL-3.0-or-later
"""Results as tables in a notebook."""
from __future__ import annotations

from html import escape


def number(value: float, error: float | None = None) -> str:
    """`12.9498 ± 0.0030`, or `12.9`."""
    return f"{value:.6g}" if error is None else f"{value:.6g} ± {error:.2g}"


def table(title: str, rows, header=()) -> str:
    """A table with a caption; all texts are escaped."""
    def line(cells, tag):
        return "<tr>" + "".join(f"<{tag} style='text-align:left'>{escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"
    body = "".join(line(row, "td") for row in rows)
    head = f"<thead>{line(header, 'th')}</thead>" if header else ""
    return f"<table><caption><b>{escape(title)}</b></caption>{head}<tbody>{body}</tbody></table>"


def status_rows(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Rows for how many fits ended how, without those that are none."""
    return [(name.replace("_", " "), number) for name, number in counts.items() if number]
