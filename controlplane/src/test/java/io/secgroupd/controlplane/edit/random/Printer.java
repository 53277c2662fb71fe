package io.secgroupd.controlplane.edit.random;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Prints a tree in a style that is drawn for each file, and in parts for each collection, with comments wherever they can stand. */
final class Printer {

    private static final String[] REMARKS = {
        "", " word", ": [a, - b]", " \"quote", " - { k: v }", " # more", " ü 😀", ", ]"
    };

    private final Random random;
    private final String lineBreak;
    private final int step;
    private final int dashOffset;
    private final String dash;
    private final String pad;
    private final int flowOfTen;
    private final int commentsOfTen;
    private final StringBuilder line = new StringBuilder();
    private final List<String> lines = new ArrayList<>();
    private final List<Set<String>> lineOwners = new ArrayList<>();
    private final Map<String, Set<String>> comments = new LinkedHashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private Set<String> owners = new LinkedHashSet<>();
    private boolean behindBlockScalar;

    Printer(Random random) {
        this.random = random;
        this.lineBreak = random.nextInt(4) == 0 ? "\r\n" : "\n";
        this.step = 1 + random.nextInt(4);
        this.dashOffset = random.nextInt(3) == 0 ? 0 : step;
        this.dash = random.nextInt(5) == 0 ? "-   " : "- ";
        this.pad = random.nextBoolean() ? " " : "";
        this.flowOfTen = random.nextInt(11);
        this.commentsOfTen = random.nextInt(5);
    }

    Printed print(Tree.Mapping root, boolean mark) {
        if (mark) {
            line.append('\ufeff');
        }
        ownLines(0, "");
        boolean marked = random.nextInt(8) == 0;
        if (marked) {
            emit("---");
            rest();
        }
        if (random.nextInt(15) == 0) {
            flow(root, 0);
            rest();
        } else {
            blockMap(root, 0, true);
        }
        ownLines(0, "");
        if (marked && random.nextBoolean()) {
            emit("...");
            rest();
        }
        boolean cut = random.nextInt(4) == 0;
        if (cut) {
            String last = lines.get(lines.size() - 1);
            lines.set(lines.size() - 1, last.substring(0, last.length() - lineBreak.length()));
        }
        return new Printed(lines, lineOwners, comments);
    }

    private boolean chance(int ofTen) {
        return random.nextInt(10) < ofTen;
    }

    private void emit(String text) {
        line.append(text);
        if (!text.isBlank()) {
            owners.addAll(path);
        }
    }

    private void endLine() {
        owners.addAll(path);
        lines.add(line + lineBreak);
        lineOwners.add(owners);
        line.setLength(0);
        owners = new LinkedHashSet<>();
    }

    private void push(String step) {
        path.push(pathOf(step));
    }

    private String comment(Set<String> alsoOf) {
        String id = "c" + comments.size() + ";";
        Set<String> of = new LinkedHashSet<>(path);
        of.addAll(alsoOf);
        comments.put(id, of);
        return "# " + id + REMARKS[random.nextInt(REMARKS.length)];
    }

    private void rest() {
        if (chance(commentsOfTen)) {
            emit(" ".repeat(1 + random.nextInt(4)) + comment(Set.of()));
        } else if (chance(1)) {
            line.append("  ");
        }
        endLine();
    }

    /** Comments and empty lines above something in a column; those directly above it belong to it. */
    private void ownLines(int column, String next) {
        while (chance(commentsOfTen)) {
            boolean attached = !next.isEmpty() && chance(7);
            int at = attached || column == 0 ? column : random.nextInt(column + (behindBlockScalar ? 1 : 3));
            boolean belongs = attached && line.isEmpty();
            Set<String> of = belongs ? Set.of(next) : Set.of();
            line.append(" ".repeat(at)).append(comment(of));
            owners.addAll(of);
            owners.addAll(path);
            endLine();
            if (!attached) {
                forgetAttached(next);
                endLine();
            }
        }
        if (chance(1)) {
            // An empty line takes what stands above it away from what comes below.
            forgetAttached(next);
            endLine();
        }
    }

    private void forgetAttached(String next) {
        for (int i = lines.size() - 1; i >= 0 && lines.get(i).strip().startsWith("#"); i--) {
            lineOwners.get(i).remove(next);
            String id = lines.get(i).strip().substring(2, lines.get(i).strip().indexOf(';') + 1);
            comments.getOrDefault(id, new LinkedHashSet<>()).remove(next);
        }
    }

    private String pathOf(String step) {
        return path.isEmpty() ? step : step.startsWith("[") ? path.peek() + step : path.peek() + "." + step;
    }

    private void blockMap(Tree.Mapping map, int column, boolean ownLine) {
        boolean first = true;
        for (Map.Entry<String, Tree> entry : map.entries().entrySet()) {
            if (!first || ownLine) {
                ownLines(column, pathOf(entry.getKey()));
                line.append(" ".repeat(column));
            }
            first = false;
            push(entry.getKey());
            behindBlockScalar = false;
            emit(key(entry.getKey()) + ":");
            blockValue(entry.getValue(), column, dashOffset);
            path.pop();
        }
    }

    private void blockList(Tree.Sequence list, int column) {
        int index = 0;
        for (Tree item : list.items()) {
            String step = "[" + index++ + "]";
            ownLines(column, pathOf(step));
            line.append(" ".repeat(column));
            push(step);
            behindBlockScalar = false;
            emit(dash);
            if (item instanceof Tree.Mapping map && !map.entries().isEmpty() && !chance(flowOfTen)) {
                blockMap(map, column + dash.length(), false);
            } else {
                flow(item, column + 1);
                rest();
            }
            path.pop();
        }
    }

    private void blockValue(Tree value, int column, int offset) {
        boolean top = path.size() == 1;
        boolean flow = top ? random.nextInt(12) == 0 : chance(flowOfTen);
        if (value instanceof Tree.Mapping map && !map.entries().isEmpty() && !flow) {
            rest();
            blockMap(map, column + step, true);
        } else if (value instanceof Tree.Sequence list && !list.items().isEmpty() && !flow) {
            rest();
            blockList(list, column + offset);
        } else if (value instanceof Tree.Scalar scalar && !scalar.word() && random.nextInt(12) == 0) {
            emit(" >-");
            rest();
            emit(" ".repeat(column + step) + scalar.text());
            endLine();
            behindBlockScalar = true; // a comment that is indented as much would be text
        } else {
            emit(" ");
            flow(value, column + 1);
            rest();
        }
    }

    private String key(String key) {
        boolean plain = key.matches("[A-Za-z][A-Za-z0-9_.-]*") && !key.equals("true");
        return plain && random.nextInt(10) > 0 ? key : quoted(key);
    }

    private String quoted(String text) {
        return random.nextBoolean()
                ? "'" + text.replace("'", "''") + "'"
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void flow(Tree tree, int column) {
        if (tree instanceof Tree.Scalar scalar) {
            boolean plain = (scalar.word() || scalar.text().matches("[a-z ]{3,}"))
                    && !scalar.text().equals("true")
                    && !scalar.text().startsWith(":")
                    && !scalar.text().endsWith(":");
            emit(plain && random.nextInt(6) > 0 ? scalar.text() : quoted(scalar.text()));
        } else if (tree instanceof Tree.Sequence list) {
            var items = new LinkedHashMap<String, Tree>();
            list.items().forEach(item -> items.put("[" + items.size() + "]", item));
            flow(items, "[", "]", column, false);
        } else if (tree instanceof Tree.Mapping map) {
            flow(map.entries(), "{", "}", column, true);
        }
    }

    private void flow(Map<String, Tree> children, String open, String close, int column, boolean keys) {
        boolean several = random.nextInt(4) == 0;
        int inner = column + 1 + random.nextInt(3);
        emit(open + (several ? "" : children.isEmpty() ? "" : pad));
        boolean fresh = several && breakLine(inner);
        int left = children.size();
        for (Map.Entry<String, Tree> child : children.entrySet()) {
            if (fresh) {
                line.setLength(0);
                ownLines(inner, pathOf(child.getKey()));
                line.append(" ".repeat(inner));
            }
            push(child.getKey());
            emit(keys ? key(child.getKey()) + ": " : "");
            flow(child.getValue(), inner);
            left--;
            boolean comma = left > 0 || (several && random.nextBoolean());
            emit(comma ? "," : "");
            fresh = several && (left == 0 || random.nextInt(3) > 0) && breakLine(inner);
            path.pop();
            line.append(fresh || left == 0 ? "" : " ");
        }
        emit((several || children.isEmpty() ? "" : pad) + close);
    }

    /** Ends the line within brackets, with or without a comment, and begins the next. */
    private boolean breakLine(int column) {
        rest();
        line.append(" ".repeat(column));
        return true;
    }
}
