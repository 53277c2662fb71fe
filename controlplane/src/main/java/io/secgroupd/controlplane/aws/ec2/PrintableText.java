package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.rules.text.Printable;

/** Checks texts for people, such as names and descriptions. */
final class PrintableText {

    private PrintableText() {}

    /** Refuses a text that the file could not hold on one line, or that would disturb a terminal. */
    static void requirePrintable(String what, String text) {
        Printable.firstUnprintable(text).ifPresent(c -> {
            throw new AwsRefusal(AwsError.invalid(
                    String.format("The %s has the character U+%04X, which is not printable.", what, c)));
        });
    }
}
