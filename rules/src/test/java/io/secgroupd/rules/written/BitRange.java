package io.secgroupd.rules.written;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses of one family, from the first to the last. An address is the text of its bits, 32 or 128 characters: a prefix is
 * how such a text begins, and texts of one length are in the order of their addresses.
 */
record BitRange(String first, String last) {

    /** Reads an address, a prefix or a range. */
    static BitRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash >= 0) {
            return new BitRange(bits(text.substring(0, dash)), bits(text.substring(dash + 1)));
        }
        int slash = text.indexOf('/');
        String bits = bits(slash < 0 ? text : text.substring(0, slash));
        int length = slash < 0 ? bits.length() : Integer.parseInt(text.substring(slash + 1));
        String kept = bits.substring(0, length);
        return new BitRange(kept + "0".repeat(bits.length() - length), kept + "1".repeat(bits.length() - length));
    }

    /** The bits of an address that is written as text. */
    static String bits(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            if (bytes.length == 4 && address.contains(":")) {
                throw new IllegalArgumentException(address + " is refused by the language");
            }
            return bits(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    static String bits(byte[] address) {
        var text = new StringBuilder();
        for (byte each : address) {
            text.append(Integer.toBinaryString(0x100 | (each & 0xff)), 1, 9);
        }
        return text.toString();
    }

    boolean holds(String address) {
        return address.length() == first.length() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }
}
