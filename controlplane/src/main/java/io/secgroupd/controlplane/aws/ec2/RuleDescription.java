package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;

/** What may be said about a rule: any printable text, where AWS allows a part of ASCII. */
final class RuleDescription {

    private static final int LONGEST = 255;

    private RuleDescription() {}

    /** Refuses a description that is too long or not printable. */
    static void require(String description) {
        if (description.codePointCount(0, description.length()) > LONGEST) {
            throw new AwsRefusal(AwsError.invalid(
                    "Invalid rule description. Valid descriptions are strings less than 256 characters."));
        }
        PrintableText.requirePrintable("rule description", description);
    }
}
