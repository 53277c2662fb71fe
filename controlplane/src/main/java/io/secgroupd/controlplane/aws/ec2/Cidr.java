package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Family;

/** Reads the CIDR blocks of requests. */
final class Cidr {

    private Cidr() {}

    /**
     * Reads a block with its prefix length. Host bits are cleared, as AWS does it: clients compare what they sent with what
     * they read back.
     *
     * @throws AwsRefusal when it is something else, or a block of the other family
     */
    static AddressRange read(String text, Family family) {
        try {
            // A bare address and a range are words of the rules file that AWS does not know.
            if (text.contains("/") && !text.contains("-")) {
                AddressRange range = AddressText.parse(text).range();
                if (range.family() == family) {
                    return range;
                }
            }
        } catch (AddressSyntaxException e) {
            // The answer is the same for everything that is no block.
        }
        throw new AwsRefusal(AwsError.invalid("CIDR block " + text + " is malformed"));
    }
}
