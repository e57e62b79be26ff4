# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Runs the examples of pages."""

import os
import re
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer

from compare import agree, leave_out

REPO = Path(__file__).resolve().parent.parent.parent
BEGUN = b"begin tracing......"
ENDS_ITSELF = re.compile(r"(?<!\S)(-c|--count|--limit|--duration)(?!\S)")
LOST = re.compile(r"\b[1-9]\d* lost\b")
NO_PRIVILEGES = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", "--"]
LIMIT = 60  # seconds, for what should end by itself
TRIES = 3  # the kernel skips a hit now and then, and nettrace says so


def is_for_guest(block):
    return "traffic" in block.above or any(command.by_root for command in block.commands())


class Example:
    """A block of commands, and what they printed."""

    def __init__(self, page, block):
        self.page, self.block = page, block
        self.traffic = block.above.get("traffic")
        self.scene = (block.above.get("before", ":"), self.traffic) if self.traffic else None
        self.commands = block.commands()

    def place(self):
        return f"{self.page.path.relative_to(REPO)}:{self.block.line + 1}"

    def prepare(self, folder):
        """An empty folder to run in, with the page's files and the repository's tests."""
        self.folder, self.seen = folder, []
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        folder.joinpath("tests").symlink_to(REPO / "tests")
        for block in self.page.blocks:
            if name := block.above.get("file"):
                folder.joinpath(name).write_text("\n".join(block.lines) + "\n")

    def start(self, command):
        as_user = [] if command.by_root or os.geteuid() else NO_PRIVILEGES
        path = f"{Path(os.environ['NETTRACE']).resolve().parent}:{os.environ['PATH']}"
        return subprocess.Popen([*as_user, "bash", "-c", command.text], bufsize=0, cwd=self.folder,
                                env={**os.environ, "PATH": path}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, start_new_session=True)

    def begin(self):
        """Starts what traces while there is traffic."""
        self.live = self.start(self.commands[0]) if self.traffic else None
        self.early = b""

    def await_begin(self):
        while self.live and BEGUN not in self.early:
            line = self.live.stdout.readline()
            if not line:
                break
            self.early += line

    def finish(self):
        """Ends it, and runs the commands that follow."""
        commands = self.commands
        if self.live:
            self.keep(self.live, LIMIT if ENDS_ITSELF.search(commands[0].text) else 0)
            commands = commands[1:]
        for command in commands:
            self.keep(self.start(command), LIMIT)

    def keep(self, process, limit):
        """All that it prints until it ends, by Ctrl-C after so many seconds."""
        interrupt = Timer(limit, os.killpg, (process.pid, signal.SIGINT))
        interrupt.start()
        output = self.early + process.stdout.read()
        interrupt.cancel()
        interrupt.join()
        process.wait()
        self.early = b""
        self.seen.append(output.decode(errors="replace").splitlines())

    def results(self):
        return zip(self.commands, self.seen)

    def agrees(self):
        return all(agree(command.output, seen) for command, seen in self.results())

    def lost(self):
        return any(LOST.search(line) for seen in self.seen for line in seen)

    def written(self):
        """The block as it should be."""
        lines = []
        for command, seen in self.results():
            if not agree(command.output, seen):
                command.output = leave_out(command.output, seen)
            lines += command.lines()
        return lines


def network(words):
    script = 'set -eu; vm=$1 traffic=$1/traffic dir=$2; . "$vm/lib.sh"; . "$vm/networks.sh"; eval "$3"'
    vm = REPO / "tests/vm"
    done = subprocess.run(["bash", "-c", script, "network", vm, "/run", words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the traffic of an example failed: {words}\n{done.stdout}{done.stderr}")


def play(scene, examples, scratch):
    """What happens before, the examples, the traffic; `scene` is None for user space alone."""
    before, traffic = scene or (None, None)
    if scene:
        network(f"routed; {before}")
    for number, example in enumerate(examples):
        example.prepare(scratch / str(number))
        example.begin()
    for example in examples:
        example.await_begin()
    if scene:
        network(traffic)
    with ThreadPoolExecutor() as pool:
        list(pool.map(Example.finish, examples))
    if scene:
        network("no_networks")


def run(examples, scratch):
    """Those of the same scene at the same time, those without one beside the first; the same commands once."""
    scenes = list(dict.fromkeys(example.scene for example in examples if example.scene)) or [None]
    for scene in scenes:
        group = [example for example in examples if (example.scene or scenes[0]) == scene]
        once = {}
        for example in group:
            once.setdefault(tuple(command.text for command in example.commands), []).append(example)
        for _ in range(TRIES):
            play(scene, [same[0] for same in once.values()], scratch)
            for first, *others in once.values():
                for other in others:
                    other.seen = first.seen
            if not any(example.lost() and not example.agrees() for example in group):
                break
