# Adds up the reports of JaCoCo by package. Columns: 2 package, 6 and 7 branches missed and reached, 8 and 9 lines likewise.

function percent(reached, missed) {
    return reached + missed == 0 ? 100 : 100 * reached / (reached + missed)
}

function share(reached, missed) {
    return sprintf("%6d of %6d %5.1f %%", reached, reached + missed, percent(reached, missed))
}

# A package is held with all that lies below it.
function is_held(package, i) {
    for (i in names) {
        if (package == names[i] || index(package, names[i] ".") == 1) {
            found[names[i]] = 1
            return 1
        }
    }
    return 0
}

BEGIN {
    FS = ","
    split(held, names, " ")
}

FNR == 1 { all = FILENAME ~ /jacoco-all/; next }

all {
    all_missed[$2] += $6
    all_reached[$2] += $7
    next
}

{
    branches_missed[$2] += $6
    branches_reached[$2] += $7
    lines_missed[$2] += $8
    lines_reached[$2] += $9
}

END {
    for (p in lines_reached) {
        mark = ""
        if (is_held(p)) {
            low = percent(branches_reached[p], branches_missed[p]) < least
            mark = low ? "below " least " %" : "held"
            failed = failed || low
        }
        printf "%-44s %s  %s  %-24s  %s\n", p, share(lines_reached[p], lines_missed[p]), share(branches_reached[p], branches_missed[p]),
            p in all_reached ? share(all_reached[p], all_missed[p]) : "", mark
    }
    for (i in names) {
        if (!found[names[i]]) {
            print names[i] ": there is no such package in the reports" >"/dev/stderr"
            failed = 1
        }
    }
    exit failed
}
