# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""What a page says outside of its examples: options that exist, links that lead somewhere, JSON that is JSON."""

import json
import re

OPTION = re.compile(r"(?<![\w/.-])--?[A-Za-z][\w-]*")
LONG_OPTION = re.compile(r"(?<![\w-])--[A-Za-z][\w-]*")
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
OF_NETTRACE = re.compile(r"(?:[#$] )?(?:sudo )?nettrace(?=\s|$)(.*)")
QUOTED = re.compile(r"'[^']*'")


def options_of(command):
    """Those that nettrace is given in a line of a shell."""
    words = OF_NETTRACE.match(command)
    return OPTION.findall(re.split(r" #| \| ", QUOTED.sub("", words[1]))[0]) if words else []


def options_in(page):
    text = "\n".join(page.prose)
    for code in CODE.findall(text):
        yield from OPTION.findall(QUOTED.sub("", code)) if code.startswith("-") else options_of(code)
    yield from LONG_OPTION.findall(CODE.sub("", text))
    for block in page.blocks:
        if block.language in ("console", "sh"):
            for line in block.lines:
                yield from options_of(line)


def wrong_words(page, known):
    """Sentences about what is wrong."""
    for option in sorted(set(options_in(page)) - known):
        yield f"nettrace has no option {option}"
    for link in LINK.findall("\n".join(page.prose)):
        if not (page.path.parent / link).exists():
            yield f"there is no {link}"
    for line in page.prose:
        if re.match(r" {4}([#$] )?nettrace ", line):
            yield f"a command outside of a fenced block is never run: {line.strip()}"
    for block in page.blocks:
        if block.language not in ("console", "sh", "json", "python", "text"):
            yield f"line {block.line}: a block of {block.language or 'no language'}"
        if block.language == "json":
            try:
                json.loads("\n".join(block.lines))
            except ValueError as error:
                yield f"line {block.line}: {error}"
