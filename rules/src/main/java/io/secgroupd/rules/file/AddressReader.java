package io.secgroupd.rules.file;

import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Value;
import java.util.Optional;

/** Reads addresses in values and lines, and reports the problems that they have. */
final class AddressReader {

    private AddressReader() {}

    /** A prefix, an address or a range. */
    static Optional<AddressRange> block(Value value) {
        return value.text().flatMap(text -> {
            try {
                AddressText.Block block = AddressText.parse(text);
                if (block.hostBits()) {
                    value.warning(hostBits(text, block));
                }
                return Optional.of(block.range());
            } catch (AddressSyntaxException e) {
                value.error(e.getMessage());
                return Optional.empty();
            }
        });
    }

    /** One address. */
    static Optional<IpAddress> address(Value value) {
        return value.text().flatMap(text -> {
            try {
                return Optional.of(AddressText.parseAddress(text));
            } catch (AddressSyntaxException e) {
                value.error(e.getMessage());
                return Optional.empty();
            }
        });
    }

    static String hostBits(String text, AddressText.Block block) {
        return Quote.of(text) + " has host bits set and is read as " + block.range() + "; write that";
    }
}
