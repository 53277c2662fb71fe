# Prints the table of a measurement. It reads lines "ROW TITLE" and "GOAL ROW CONTENDER BASE RELATION LIMIT" from standard
# input, and then a file of "ROUND ROW CONTENDER VALUE". It prints the medians, and in brackets the medians of the rounds' ratios
# to the yardstick C. Every goal follows as scripts/lib/figures.sh has it, with the least and the greatest of the rounds: a ratio to
# another contender or, where BASE is "-", the figure itself. What was measured several times in a round counts by its mean.

FNR == NR && $1 == "GOAL" { goal[++goals] = $0; next }
FNR == NR { named[$1] = substr($0, length($1) + 2) }
FNR == NR { title[++rows] = substr($0, length($1) + 2); key[rows] = $1; next }
{
    times[$1, $2, $3]++
    seen[$1, $2, $3] += ($4 - seen[$1, $2, $3]) / times[$1, $2, $3]
}

function median(values, count,    i, j, swap) {
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && values[j - 1] > values[j]; j--) { swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap }
    return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
}

function short(value) {
    return value >= 100 || value == int(value) ? sprintf("%.0f", value) : sprintf(value < 10 ? "%.2f" : "%.1f", value)
}

# Returns the median over the rounds of a figure, or of its ratio to that of another contender; "" when it was not measured. The least
# and the greatest are in "range".
function measured(row, contender, base,    round, count, values, middle) {
    for (round = 1; round <= rounds; round++) {
        if (!((round, row, contender) in seen)) continue
        if (base == "-") values[++count] = seen[round, row, contender] + 0
        else if (seen[round, row, base] > 0) values[++count] = seen[round, row, contender] / seen[round, row, base]
    }
    if (!count) return ""
    middle = median(values, count) # sorts them
    range = count > 1 ? figure(values[1], base) "-" figure(values[count], base) : ""
    return middle
}

function figure(value, base) {
    return base == "-" ? short(value) : sprintf("%.2f", value)
}

function cell(row, contender,    value, ratio) {
    value = measured(row, contender, "-")
    ratio = contender == "C" ? "" : measured(row, contender, "C")
    return value == "" ? "-" : short(value) (ratio == "" ? "" : sprintf(" (%.2f)", ratio))
}

function print_goal(line,    word, value, held) {
    split(line, word, " ")
    value = measured(word[2], word[3], word[4])
    if (value == "") return
    held = word[5] == ">=" ? value >= word[6] : value <= word[6]
    printf "%-64s %10s %10s  %-16s %s\n", named[word[2]] ": " word[3] (word[4] == "-" ? "" : " to " word[4]),
        word[5] " " word[6], figure(value, word[4]), range, held ? "held" : "missed"
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
    printf "\n%-64s %10s %10s  range\n", "", "goal", "measured"
    for (g = 1; g <= goals; g++) print_goal(goal[g])
}
