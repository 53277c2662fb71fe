package io.secgroupd.rules.analyze;

/**
 * A promise that a policy makes of all flows, and that another one makes not, or otherwise.
 *
 * @param title its name in quotation marks, or what it says where it has none
 */
public record InvariantChange(String title, InstanceChange.Kind kind) {

    /** {@code invariant "the database is private" removed}. */
    @Override
    public String toString() {
        return "invariant " + title + " " + kind.word();
    }
}
