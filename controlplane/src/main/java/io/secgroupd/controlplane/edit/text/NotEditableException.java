package io.secgroupd.controlplane.edit.text;

import io.secgroupd.rules.text.Location;
import java.util.Objects;
import java.util.Optional;

/** Ends an edit inside the editor, which turns it into a result for its caller. */
public final class NotEditableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Location> at;

    private NotEditableException(Optional<Location> at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    /** The text at this place cannot be edited. */
    public static NotEditableException at(SourceText source, int index, String message) {
        return new NotEditableException(Optional.of(source.location(index)), message);
    }

    /** There is no such thing, or there is already. */
    public static NotEditableException of(String message) {
        return new NotEditableException(Optional.empty(), message);
    }

    public Optional<Location> at() {
        return at;
    }

    public String reason() {
        return Objects.requireNonNull(getMessage());
    }
}
