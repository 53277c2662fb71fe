package io.secgroupd.rules.model;

import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The entries of a prefix list one by one, in written order, for those who list them; rules use the set of their addresses.
 * They are kept as text, about 20 bytes each, because a list may have hundreds of thousands, and hardly anyone asks.
 */
public final class ListEntries {

    public static final ListEntries NONE = new Builder().build();

    private static final char BEFORE_DESCRIPTION = '\t';

    private final byte[] lines;
    private final int size;

    private ListEntries(byte[] lines, int size) {
        this.lines = lines;
        this.size = size;
    }

    public int size() {
        return size;
    }

    public Stream<ListEntry> stream() {
        return new String(lines, StandardCharsets.UTF_8).lines().map(ListEntries::entry);
    }

    private static ListEntry entry(String line) {
        int end = line.indexOf(BEFORE_DESCRIPTION);
        try {
            return new ListEntry(AddressText.parse(line.substring(0, end)).range(), line.substring(end + 1));
        } catch (AddressSyntaxException e) {
            throw new IllegalStateException("an entry is read before it is kept", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListEntries that && Arrays.equals(lines, that.lines);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lines);
    }

    @Override
    public String toString() {
        return stream().toList().toString();
    }

    /** Gathers entries. */
    public static final class Builder {
        private final ByteArrayOutputStream lines = new ByteArrayOutputStream(64);
        private int size;

        /**
         * Appends an entry.
         *
         * @param block       text that {@link AddressText} has read as addresses
         * @param description printable characters on one line; may be empty
         */
        public Builder add(String block, String description) {
            lines.writeBytes((block + BEFORE_DESCRIPTION + description + '\n').getBytes(StandardCharsets.UTF_8));
            size++;
            return this;
        }

        public ListEntries build() {
            return new ListEntries(lines.toByteArray(), size);
        }
    }
}
