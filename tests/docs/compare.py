# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""What a command printed beside what its example shows."""

import re

from page import LEFT_OUT

# What differs from run to run by its nature.
VARYING = [(re.compile(pattern), word) for pattern, word in (
    (r"^(-?\d+|\d\d:\d\d:\d\d)\.\d{6}(?=:? )", "TIME"),
    (r"\bffff[0-9a-f]{12}\b", "SKB"),
    (r"\[pid:\d+,[^\]]*\]", "[PROCESS]"),
    (r"\[cpu: *\d+\]", "[CPU]"),
    (r"netns:\d+", "NETNS"),
    (r'"(time|total|latency)":-?\d+\.\d+', r'"\1":TIME'),
    (r'"(pid|cpu|netns)":\d+', r'"\1":NUMBER'),
    (r'"comm":"[^"]*"', '"comm":NAME'),
    (r"\+0x[0-9a-f]+(/0x[0-9a-f]+)?", "+OFFSET"),
    (r"\[ *[+-]\d+\.\d{3}us\]", "[LATENCY]"),
    (r"\d+\.\d{3}us$", "LATENCY"),
    (r" in \d+\.\d{3} s$", " in SECONDS"),
    (r"\b\d+(\.\d+)?(ns|us|ms|s)\b", "TIME"),
    (r" +TIME .. TIME +\d+ @+$", " HISTOGRAM"),
    (r"(?<=TIME) +[ .:@oO#=+*-]+$", " HISTOGRAM"),
    (r" +TIME", " TIME"),
    (r"^nettrace: \d+( of \d+ functions) (is|are) not", r"nettrace: NUMBER\1 not"),  # by the modules that are loaded
    (r"\b\d+\.\d+\.\d+[\w.+-]*-amd64\b", "RELEASE"),
    (r"\b(19|20)\d\d-\d\d-\d\d\b", "DATE"),
)]


def constant(line):
    for pattern, word in VARYING:
        line = pattern.sub(word, line)
    return line


def same(shown, seen):
    shown, seen = constant(shown), constant(seen)
    if shown.endswith(LEFT_OUT):
        return seen.startswith(shown[:-len(LEFT_OUT)].rstrip())
    return shown == seen


def find(part, seen, start, end):
    """Where the lines of `part` stand in seen[start:end], or None."""
    for at in range(start, end - len(part) + 1):
        if all(map(same, part, seen[at:at + len(part)])):
            return at
    return None


def parts(shown):
    """The lines between those left out."""
    result = [[]]
    for line in shown:
        if line == LEFT_OUT:
            result.append([])
        else:
            result[-1].append(line)
    return result


def agree(shown, seen):
    first, *rest = parts(shown)
    if not rest:
        return len(first) == len(seen) and find(first, seen, 0, len(seen)) == 0
    *middle, last = rest
    if find(first, seen, 0, len(first)) is None or len(first) + len(last) > len(seen):
        return False
    at, end = len(first), len(seen) - len(last)
    for part in middle:
        found = find(part, seen, at, end)
        if found is None:
            return False
        at = found + len(part)
    return find(last, seen, end, len(seen)) is not None


def leave_out(shown, seen):
    """`seen`, without the lines that `shown` leaves out: those between what stands before and after a `…`."""
    result, rest = [], seen
    for before, after in zip(parts(shown), parts(shown)[1:]):
        start = find(before[-1:], rest, 0, len(rest)) if before else -1
        end = find(after[:1], rest, start + 1, len(rest)) if after and start is not None else len(rest)
        if start is not None and end is not None:
            result += [*rest[:start + 1], LEFT_OUT]
            rest = rest[end:]
    return result + rest
