# shellcheck shell=bash
# The checks inside a virtual machine report by this. The file needs common.sh.

failures=0

# expect WHAT WANTED FOUND: prints whether the found text is the wanted one, and counts in $failures when it is not.
expect() {
    if [ "$2" = "$3" ]; then
        say "  holds  $1: $3"
    else
        say "  FAILS  $1: wanted $2, found $3"
        failures=$((failures + 1))
    fi
}
