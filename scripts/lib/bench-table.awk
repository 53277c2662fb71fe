# The table of a measurement. Input: lines "ROW TITLE" from standard input, then a file of "ROUND ROW CONTENDER VALUE".
# Prints the medians, and in brackets the medians of the rounds' ratios to the yardstick C.

FNR == NR { title[++rows] = substr($0, length($1) + 2); key[rows] = $1; next }
{ seen[$1, $2, $3] = $4 }

function median(values, count,    i, j, swap) {
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && values[j - 1] > values[j]; j--) { swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap }
    return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
}

function short(value) {
    return value >= 100 || value == int(value) ? sprintf("%.0f", value) : sprintf(value < 10 ? "%.2f" : "%.1f", value)
}

function cell(row, contender,    round, count, compared, values, ratios, base) {
    for (round = 1; round <= rounds; round++) {
        if (!((round, row, contender) in seen)) continue
        values[++count] = seen[round, row, contender] + 0
        base = seen[round, row, "C"] + 0
        if (base > 0) ratios[++compared] = values[count] / base
    }
    if (!count) return "-"
    return short(median(values, count)) (compared && contender != "C" ? sprintf(" (%.2f)", median(ratios, compared)) : "")
}

END {
    columns = split(contenders, name, " ")
    printf "%-36s", ""
    for (c = 1; c <= columns; c++) printf "%16s", name[c]
    print ""
    for (r = 1; r <= rows; r++) {
        printf "%-36s", title[r]
        for (c = 1; c <= columns; c++) printf "%16s", cell(key[r], name[c])
        print ""
    }
}
