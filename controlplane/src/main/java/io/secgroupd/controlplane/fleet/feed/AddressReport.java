package io.secgroupd.controlplane.fleet.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that a host has.
 *
 * @param addresses in their order, each once, and only such as tell this host from others
 */
public record AddressReport(List<IpAddress> addresses) {

    /** More than hosts have. */
    public static final int MOST = 100;

    private static final String KEY = "addresses";

    public AddressReport {
        addresses = addresses.stream().distinct().sorted().toList();
        FeedText.require(addresses.size() <= MOST, "it has more than " + MOST + " addresses");
        for (IpAddress address : addresses) {
            FeedText.require(isOfOneHost(address), address + " does not tell a host from others");
        }
    }

    /** Whether no more than one host has an address: it is neither for loopback, nor for one link, nor for many. */
    public static boolean isOfOneHost(IpAddress address) {
        return !address.isLoopback()
                && !address.isLinkLocal()
                && !address.isForMany()
                && !address.equals(IpAddress.lowest(address.family()));
    }

    /** The text for the wire. */
    public byte[] bytes() {
        return FlatJson.bytes(json -> {
            json.writeArrayFieldStart(KEY);
            for (IpAddress address : addresses) {
                json.writeString(address.toString());
            }
            json.writeEndArray();
        });
    }

    /**
     * Reads the text.
     *
     * @throws IOException with a sentence
     */
    public static AddressReport parse(byte[] bytes) throws IOException {
        if (bytes.length > FeedLimits.REPORT) {
            throw new IOException("It is longer than " + FeedLimits.REPORT + " bytes.");
        }
        try (JsonParser json = FlatJson.FACTORY.createParser(bytes)) {
            FlatJson.expect(json.nextToken() == JsonToken.START_OBJECT
                    && json.nextToken() == JsonToken.FIELD_NAME
                    && json.currentName().equals(KEY)
                    && json.nextToken() == JsonToken.START_ARRAY);
            List<IpAddress> addresses = new ArrayList<>();
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                addresses.add(AddressText.parseAddress(json.getText()));
            }
            FlatJson.expect(json.currentToken() == JsonToken.END_ARRAY
                    && json.nextToken() == JsonToken.END_OBJECT
                    && json.nextToken() == null);
            return new AddressReport(addresses);
        } catch (AddressSyntaxException | IllegalArgumentException e) {
            throw new IOException("The addresses are refused: " + e.getMessage() + ".", e);
        }
    }
}
