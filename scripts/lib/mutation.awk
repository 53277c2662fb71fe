# Counts the outcomes of the faults in one package, and prints those that no test notices and that are not explained. The first
# file has the explained ones, a line each, under the name of their package in brackets: class, method, kind of fault and how many
# of those there are, then a colon and the reason. The second is the list of PIT.
BEGIN { FS = "," }

# The name of a class within its package, and that of a method without the number that the compiler gives to a lambda.
function short(name) {
    sub(/^.*\./, "", name)
    sub(/Mutator/, "", name)
    return name
}

FILENAME == ARGV[1] && /^\[/ { under = substr($0, 2, length($0) - 2) }

FILENAME == ARGV[1] && under == package && /^[A-Z]/ {
    split(substr($0, 1, index($0, ":") - 1), words, " ")
    explained[words[1] " " words[2] " " words[3]] = words[4]
}

FILENAME == ARGV[2] {
    method = $4
    sub(/\$[0-9]+$/, "", method)
    fault = short($2) " " method " " short($3)
    faults++
    if ($6 == "KILLED" || $6 == "TIMED_OUT" || $6 == "MEMORY_ERROR") {
        noticed++
    } else {
        count[fault]++
        lines[fault] = lines[fault] " " $5
    }
}

END {
    for (fault in count) {
        said = count[fault] <= explained[fault] ? count[fault] : 0
        known += said
        if (!said) {
            unknown += count[fault]
            print "not noticed: " fault ", line" lines[fault] | "sort"
        }
    }
    close("sort")
    for (fault in explained) {
        if (count[fault] + 0 < explained[fault]) {
            print "explained, but noticed: " fault
        }
    }
    printf "%-17s %5d faults, %5d noticed, %3d explained, %3d neither\n", package, faults, noticed, known, unknown
    exit unknown > 0 || faults == 0
}
