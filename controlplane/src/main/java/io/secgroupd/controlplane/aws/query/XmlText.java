package io.secgroupd.controlplane.aws.query;

/** Which text XML 1.0 can hold: no control characters but tab and line ends, no halves of pairs, no U+FFFE and U+FFFF. */
final class XmlText {

    private static final int REPLACEMENT = 0xfffd;

    private XmlText() {}

    static boolean isLegal(String text) {
        return text.codePoints().allMatch(XmlText::isLegal);
    }

    /** The text with U+FFFD in place of each character that XML cannot hold, not even escaped. */
    static String legal(String text) {
        if (isLegal(text)) {
            return text;
        }
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().map(c -> isLegal(c) ? c : REPLACEMENT).forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000;
    }
}
