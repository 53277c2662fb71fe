package io.secgroupd.controlplane.edit.draft;

import io.secgroupd.controlplane.edit.text.SourceText;
import io.secgroupd.controlplane.edit.text.TextNode;

/** A single value. */
public final class DraftScalar extends DraftNode {

    /** How a new value is written where nothing else decides. */
    enum ScalarKind {
        /** An id, an address, a number: without quotes where possible. */
        WORD,
        /** A text for people: in quotes when it could be taken for something else, such as {@code true} or {@code 8}. */
        TEXT,
        /** Always in quotes. */
        QUOTED
    }

    private final String value;
    private final ScalarKind kind;

    DraftScalar(SourceText source, TextNode.TextScalar origin) {
        super(source, origin);
        this.value = origin.value();
        this.kind = ScalarKind.TEXT;
    }

    private DraftScalar(String value, ScalarKind kind) {
        this.value = value;
        this.kind = kind;
    }

    /** A new id, address, keyword or number. */
    public static DraftScalar word(Object value) {
        return new DraftScalar(value.toString(), ScalarKind.WORD);
    }

    /** A new name or description. */
    public static DraftScalar text(String value) {
        return new DraftScalar(value, ScalarKind.TEXT);
    }

    /** A new value that stands in quotes whatever it is. */
    public static DraftScalar quoted(String value) {
        return new DraftScalar(value, ScalarKind.QUOTED);
    }

    public String value() {
        return value;
    }

    ScalarKind kind() {
        return kind;
    }
}
