# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""A page of the documents: its fenced blocks, the examples in them, and what is said outside of them.

An example is a fenced block of the language `console`: commands behind a prompt, each with the output that follows it.
`#` is root's prompt, `$` an ordinary user's. A line of `…` stands for lines left out, a `…` at a line's end for its
rest. What an example needs stands above it, where a reader does not see it:

    <!-- before: COMMANDS -->   what happens first, in the network `routed` and in the words of tests/vm
    <!-- traffic: COMMANDS -->  what happens while the example's first command traces
    <!-- file: NAME -->         this block is a file, which is there for the examples of its page
"""

import re
from dataclasses import dataclass, field

LEFT_OUT = "…"
FENCE = re.compile(r"```(\S*)")
PROMPT = re.compile(r"([#$]) (\S.*)")
ABOVE = re.compile(r"<!-- (before|traffic|file):\s+(.*?)\s*-->", re.DOTALL)


@dataclass
class Command:
    by_root: bool
    text: str
    output: list[str] = field(default_factory=list)

    def lines(self):
        return [f"{'#' if self.by_root else '$'} {self.text}", *self.output]


@dataclass
class Block:
    line: int  # of its first line, from 0
    language: str
    lines: list[str]
    above: dict[str, str]

    def commands(self):
        commands = []
        for line in self.lines:
            if prompt := PROMPT.fullmatch(line):
                commands.append(Command(prompt[1] == "#", prompt[2]))
            elif commands:
                commands[-1].output.append(line)
        return commands


class Page:
    def __init__(self, path):
        self.path = path
        self.lines = path.read_text().splitlines()
        self.blocks = []
        self.prose = [""] * len(self.lines)
        block, above = None, ""
        for number, line in enumerate(self.lines):
            if block:
                if line == "```":
                    self.blocks.append(block)
                    block, above = None, ""
                else:
                    block.lines.append(line)
            elif fence := FENCE.fullmatch(line):
                block = Block(number + 1, fence[1], [], dict(ABOVE.findall(above)))
            else:
                in_comment = line.startswith("<!--") or (above and not above.endswith("-->\n"))
                above = f"{above}{line}\n" if in_comment else ""
                self.prose[number] = "" if in_comment else line

    def replace(self, written):
        """Puts other lines into blocks: (block, lines) each."""
        for block, lines in sorted(written, key=lambda pair: -pair[0].line):
            self.lines[block.line:block.line + len(block.lines)] = lines
        return "\n".join(self.lines) + "\n"
