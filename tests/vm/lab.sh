# What the lab's scripts share: where it keeps its things and how it says no.
# shellcheck shell=bash

# shellcheck disable=SC2034  # for the scripts that source this
lab=${NETTRACE_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/nettrace-lab}

die() {
  echo "${0##*/}: $*" >&2
  exit 1
}
