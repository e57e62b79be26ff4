# A glob takes the functions of modules, too, by the modules' own BTF.
modprobe bridge
[ -e /sys/kernel/btf/bridge ] || skip "this kernel's modules have no BTF"
trace -v -t 'br_*'
finish
attached=$(sed -nE 's/.*attached: ([0-9]+) functions.*/\1/p' "$dir/trace.err")
expect [ "$attached" -gt 30 ]
