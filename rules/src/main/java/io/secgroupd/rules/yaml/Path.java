package io.secgroupd.rules.yaml;

/** The dotted form of a place in a document: {@code security_groups.sg-web.inbound[2].ports}. */
final class Path {

    private Path() {}

    static String item(int index) {
        return "[" + index + "]";
    }

    static void append(StringBuilder path, String step) {
        if (path.length() > 0 && !step.isEmpty() && !step.startsWith("[")) {
            path.append('.');
        }
        path.append(step);
    }
}
