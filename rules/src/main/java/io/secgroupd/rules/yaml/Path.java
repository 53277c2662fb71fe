package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Quote;

/** The dotted form of a place in a document: {@code security_groups.sg-web.inbound[2].ports}. */
final class Path {

    private Path() {}

    static void appendItem(StringBuilder path, int index) {
        path.append('[').append(index).append(']');
    }

    static void appendKey(StringBuilder path, String key) {
        if (path.length() > 0 && !key.isEmpty()) {
            path.append('.');
        }
        path.append(Quote.step(key));
    }
}
