package io.secgroupd.daemon.hooks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The tables of nf_tables that are ours: what {@code nft -f} says is done to them, and {@code nft list} reads them. */
final class FakeNft {

    /** A table: the lines outside its chains, and the lines of every chain. */
    record FakeTable(List<String> settings, Map<String, List<String>> chains) {
        FakeTable() {
            this(new ArrayList<>(), new LinkedHashMap<>());
        }
    }

    private Map<String, FakeTable> tables = new LinkedHashMap<>();
    private UnaryOperator<String> printing = line -> line.replace(" counter ", " counter packets 12 bytes 720 ");
    private boolean queues = true;
    private int installations;

    /** As a kernel without {@code CONFIG_NFT_QUEUE}. */
    void cannotQueue() {
        queues = false;
    }

    boolean isAbleToQueue() {
        return queues;
    }

    /** As another version of nft does it, which says the same in other words. */
    void prints(UnaryOperator<String> rule) {
        printing = rule;
    }

    /** How many times the table with the hooks was put in place anew. */
    int installations() {
        return installations;
    }

    List<String> tables() {
        return List.copyOf(tables.keySet());
    }

    FakeTable table(String name) {
        FakeTable table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("Error: No such file or directory; list table " + name);
        }
        return table;
    }

    List<String> ours(String chain) {
        List<String> lines = table(NftText.TABLE).chains().get(chain);
        if (lines == null) {
            throw new IllegalArgumentException("no chain " + chain);
        }
        return lines;
    }

    void drop(String table) {
        tables.remove(table);
    }

    /** As {@code nft -y list table} prints it. */
    String list(String name) {
        StringBuilder text = new StringBuilder("table " + name + " {\n");
        FakeTable table = table(name);
        table.settings().forEach(line -> text.append("\t").append(line).append("\n"));
        table.chains().forEach((chain, lines) -> {
            text.append("\tchain ").append(chain).append(" {\n");
            lines.forEach(line -> text.append("\t\t").append(printed(line)).append("\n"));
            text.append("\t}\n\n");
        });
        return text.append("}\n").toString();
    }

    private String printed(String line) {
        return line.startsWith("type filter")
                ? line.replace("mangle - 10", "-160")
                : printing.apply(" " + line).strip();
    }

    /** As {@code nft -f} does it: all of it, or nothing and an exception. With {@code --check}, nothing in any case. */
    void load(String text, boolean checking) {
        Map<String, FakeTable> changed = new LinkedHashMap<>(tables);
        FakeTable table = new FakeTable();
        List<String> chain = new ArrayList<>();
        boolean installing = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("add table ")) {
                changed.putIfAbsent(line.substring(10), new FakeTable());
            } else if (line.startsWith("delete table ")) {
                require(changed.remove(line.substring(13)) != null, "Error: No such file or directory");
            } else if (line.startsWith("table ")) {
                table = new FakeTable();
                changed.put(line.substring(6, line.length() - 2), table);
                installing |= line.equals("table " + NftText.TABLE + " {");
            } else if (line.startsWith("chain ")) {
                chain = new ArrayList<>();
                table.chains().put(line.substring(6, line.length() - 2), chain);
            } else if (!line.equals("}")) {
                require(
                        queues || !(" " + line).contains(" queue "),
                        "/dev/stdin:1:1-5: Error: Could not process rule: No such file or directory");
                chain.add(line);
            }
        }
        if (!checking) {
            installations += installing ? 1 : 0;
            tables = changed;
        }
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
