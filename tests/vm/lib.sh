# The words that the cases are written in. A case is a list of commands; the first one that fails ends it.
# shellcheck shell=bash

# ---- tracing

# trace ARGUMENTS: starts nettrace and waits until its probes are attached. Its standard output goes to $dir/$who.out, its
# standard error to $dir/$who.err; `who=NAME trace …` starts a second one beside the first. The words of `via` are a command
# that runs it, such as setpriv.
who=trace
patience=300 # seconds that it may take to begin, and to end
declare -A pids
via=()

trace() {
  : >"$dir/$who.out"
  set -m # or it would start with SIGINT ignored
  "${via[@]}" "$nettrace" "$@" >"$dir/$who.out" 2>"$dir/$who.err" &
  pids[$who]=$!
  set +m
  await $patience begun || fail "nettrace $* did not begin to trace"
}

# offered BACKEND: the kernel can be traced by it; asked once.
offered() {
  local answer=/run/offered-$1
  if [ -e "$answer" ]; then
    :
  elif "$nettrace" --backend "$1" -t icmp_rcv --duration 1ms >/dev/null 2>"$dir/offered"; then
    echo yes >"$answer"
  else
    grep -q "cannot attach by $1" "$dir/offered" || fail "$(cat "$dir/offered")"
    echo no >"$answer"
  fi
  [ "$(<"$answer")" = yes ]
}

begun() {
  local line=
  read -r line <"$dir/$who.out"
  [ "$line" = "begin tracing......" ] && return
  running || fail "nettrace ended at once"
  return 1
}

running() {
  kill -0 "${pids[$who]}" 2>/dev/null
}

# finish [SIGNAL]: ends nettrace, which must go in good order.
finish() {
  kill -s "${1:-INT}" "${pids[$who]}" || fail "nettrace was gone already"
  wait_for_end
  [ "$status" = 0 ] || fail "nettrace ended with status $status"
}

wait_for_end() {
  await $patience ended || fail "nettrace does not end"
  status=0
  wait "${pids[$who]}" || status=$?
}

ended() {
  ! running
}

# run_to_end ARGUMENTS: for a nettrace that is to end by itself; leaves its exit status in $status.
run_to_end() {
  status=0
  timeout 60 "${via[@]}" "$nettrace" "$@" >"$dir/$who.out" 2>"$dir/$who.err" </dev/null || status=$?
}

# give_softirqs: 7.x frees a datagram in a later softirq of the CPU that it came to; each CPU gets one.
give_softirqs() {
  local cpu
  for cpu in 0 1; do
    taskset -c $cpu ping -qc 1 127.0.0.1 >"$dir/ping"
  done
}

# ---- what it must have said

# expect_packet FUNCTION TEXT: waits for a line of that function with that packet; a * in TEXT stands for anything.
expect_packet() {
  await 20 has_packet "$@" || fail "no line: $(printf '[%-24s]: %s' "$1" "$2")"
}

expect_no_packet() {
  ! has_packet "$@" || fail "unexpected: $(printf '[%-24s]: %s' "$1" "$2")"
}

has_packet() {
  local line end
  printf -v end '[%-24s]: %s' "$1" "$2"
  end=${end//\\/\\\\} end=${end//\[/\\[}
  while IFS= read -r line; do
    # shellcheck disable=SC2053  # a pattern
    [[ $line == *$end ]] && return
  done <"$dir/$who.out"
  return 1
}

# expect_only TEXT: no other packets were traced, but some were.
expect_only() {
  local line pattern=${1//\[/\\[} seen=
  while IFS= read -r line; do
    [ "$line" = "begin tracing......" ] && continue
    seen=yes
    # shellcheck disable=SC2053  # a pattern
    [[ ${line#*: *\]: } == $pattern ]] || fail "unexpected: $line"
  done <"$dir/$who.out"
  [ "$seen" ] || fail "nothing was traced"
}

# expect_count N: so many packet lines were printed.
expect_count() {
  local lines
  mapfile -t lines <"$dir/$who.out"
  [ $((${#lines[@]} - 1)) = "$1" ] || fail "$((${#lines[@]} - 1)) lines, not $1"
}

# expect_order TEXT FUNCTION…: the packets of that text passed the functions in this order, others between them.
expect_order() {
  local line name text=${1//\[/\\[}
  shift
  while IFS= read -r line; do
    # shellcheck disable=SC2053  # a pattern
    [[ $line == *"]: "$text ]] || continue
    name=${line%%]: *} name=${name##*[} name=${name%% *}
    [ "$name" != "$1" ] || shift
    [ $# != 0 ] || return 0
  done <"$dir/$who.out"
  fail "after all before it, ${text//\\/} did not pass $1"
}

# expect_values FUNCTION VALUE…: the values under the function's lines, in their order, as `return value:` shows them.
expect_values() {
  local line name="" values=()
  while IFS= read -r line; do
    case $line in
    "                return value:"*) [ "$name" != "$1" ] || values+=("${line#*value:}") ;;
    *"]: "*) name=${line%%]: *} name=${name##*[} name=${name%% *} ;;
    esac
  done <"$dir/$who.out"
  [ "${values[*]-}" = "${*:2}" ] || fail "$1 returned ${values[*]-nothing}, not ${*:2}"
}

# blocks: how many --timeline printed. expect_blocks N.
blocks() {
  grep -c '^<------------------- skb: [0-9a-f]* ---------------------->$' "$dir/$who.out"
}

expect_blocks() {
  [ "$(blocks)" = "$1" ] || fail "$(blocks) blocks, not $1"
}

# block_of TEXT: prints the first whole block with a packet of that text.
block_of() {
  local line block="" found=""
  local pattern=${1//\[/\\[}
  while IFS= read -r line; do
    case $line in
    "<-----"*) block="" found="" ;;
    "") [ ! "$found" ] || { printf '%s' "$block" && return; } ;;
    esac
    block+=$line$'\n'
    # shellcheck disable=SC2053  # a pattern
    [[ $line != *"]: "$pattern ]] || found=yes
  done <"$dir/$who.out"
  return 1
}

# in_block FUNCTION…: $dir/block passes them in this order, others between them.
in_block() {
  local line name
  while IFS= read -r line; do
    [[ $line == *"]: "* ]] || continue
    name=${line%%]: *} name=${name##*[} name=${name%% *}
    [ "$name" != "$1" ] || shift
    [ $# != 0 ] || return 0
  done <"$dir/block"
  fail "after all before it, the block has no $1"
}

expect_last_line_of_block() {
  local last
  last=$(grep ']: ' "$dir/block" | tail -n 1)
  [[ $last == *"[$1 "* ]] || fail "the block ends with $last"
}

# expect_line REGEX, expect_no_line REGEX: of standard output.
expect_line() {
  await 20 grep -qE -- "$1" "$dir/$who.out" || fail "no line of standard output matches $1"
}

expect_no_line() {
  ! grep -qE -- "$1" "$dir/$who.out" || fail "a line of standard output matches $1"
}

expect_error_line() {
  await 20 grep -qE -- "$1" "$dir/$who.err" || fail "no line of standard error matches $1"
}

expect_no_error_line() {
  ! grep -qE -- "$1" "$dir/$who.err" || fail "a line of standard error matches $1"
}

# expect_schema: standard output is what docs/nettrace.schema.json promises. The suite holds it against that where Python
# is not emulated.
expect_schema() {
  cp --backup=numbered "$dir/$who.out" "$dir/$who.schema"
}

# expect_refused STATUS REGEX: after run_to_end; one clear line, nothing else.
expect_refused() {
  [ "$status" = "$1" ] || fail "status $status, not $1"
  [ ! -s "$dir/$who.out" ] || fail "it wrote to standard output"
  expect_error_line "$2"
  [ "$(wc -l <"$dir/$who.err")" = 1 ] || fail "not one line of error"
}

# words_refused REGEX ARGUMENT…: wrong words on the command line.
words_refused() {
  local regex=$1
  shift
  run_to_end "$@"
  echo "$*" >"$dir/arguments"
  expect_refused 2 "$regex"
}

expect() {
  "$@" || fail "not so: $*"
}

# ---- what is left in the kernel

probes() {
  local lines
  mapfile -t lines </sys/kernel/tracing/enabled_functions
  echo "functions ${#lines[@]}"
  mapfile -t lines </sys/kernel/debug/kprobes/list
  echo "kprobes ${#lines[@]}"
  mapfile -t lines < <(bpftool prog list)
  echo "programs ${#lines[@]}"
}

remember_probes() {
  probes_before=$(probes)
}

no_probe_left() {
  [ "$(probes)" = "$probes_before" ]
}

some_probe() {
  ! no_probe_left
}

# The kernel frees programs and probes a while after their last user is gone.
expect_no_probe_left() {
  await 60 no_probe_left || fail "left behind, before: $probes_before after: $(probes)"
}

expect_probes() {
  some_probe || fail "no probe is attached"
}

# ---- waiting and failing

exec {never}<> <(:)
nap() {
  read -rt 0.05 -u "$never" || :
}

# await SECONDS COMMAND…: until the command succeeds.
await() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    nap
  done
}

fail() {
  echo "$*" >&2
  exit 1
}

# skip REASON: where the kernel lacks what the case is about.
skip() {
  echo "$*" >"$dir/skipped"
  exit 0
}
