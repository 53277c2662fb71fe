package io.secgroupd.controlplane.aws.ec2;

import java.util.Arrays;

/**
 * A value of a filter: {@code *} stands for any run of characters, {@code ?} for one, and {@code \} takes the meaning from the
 * character behind it. It is matched without backtracking into earlier stars, because a regular expression made of many stars
 * would keep the server busy for hours.
 */
final class Glob {

    private static final int ANY_RUN = -1;
    private static final int ANY_ONE = -2;

    private final int[] parts;

    Glob(String text) {
        int[] codePoints = text.codePoints().toArray();
        int[] all = new int[codePoints.length];
        int count = 0;
        for (int at = 0; at < codePoints.length; at++) {
            boolean escaped = codePoints[at] == '\\' && at + 1 < codePoints.length;
            all[count++] = escaped ? codePoints[++at] : part(codePoints[at]);
        }
        parts = Arrays.copyOf(all, count);
    }

    private static int part(int codePoint) {
        return codePoint == '*' ? ANY_RUN : codePoint == '?' ? ANY_ONE : codePoint;
    }

    boolean matches(String text) {
        int[] chars = text.codePoints().toArray();
        int part = 0;
        int star = -1;
        int afterStar = 0;
        for (int at = 0; at < chars.length; ) {
            if (part < parts.length && parts[part] == ANY_RUN) {
                star = part++;
                afterStar = at;
            } else if (part < parts.length && (parts[part] == ANY_ONE || parts[part] == chars[at])) {
                part++;
                at++;
            } else if (star >= 0) {
                part = star + 1; // the last star takes one character more
                at = ++afterStar;
            } else {
                return false;
            }
        }
        while (part < parts.length && parts[part] == ANY_RUN) {
            part++;
        }
        return part == parts.length;
    }
}
