package io.secgroupd.controlplane.console.view;

import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.Decimal;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a person asks about, in one line such as {@code app-1 -> db-1 tcp 3306}, or in fields.
 *
 * @param from an instance, a cluster or an address; so far only a text
 * @param to   likewise
 */
record AskedFlow(String from, String to, Service service) {

    private static final int LONGEST = 1000;
    private static final int MOST_ICMP = 255;
    private static final Set<String> ARROWS = Set.of("->", "→", "=>", "to");
    private static final Set<String> FILLERS = Set.of("port", "type", "code");
    private static final String FORM = "Write it as \"app-1 -> db-1 tcp 3306\".";

    static AskedFlow of(JsonObject body) {
        return body.optionalText("text").map(AskedFlow::parse).orElseGet(() -> ofFields(body));
    }

    private static AskedFlow ofFields(JsonObject body) {
        Protocol protocol = protocol(body.text("protocol"));
        var numbers = new ArrayList<Integer>();
        if (protocol.hasPorts()) {
            numbers.add(number(body.number("port"), protocol + " needs a port.", PortRange.MAX_PORT));
        }
        if (protocol.hasIcmpTypes() && body.number("icmp_type").isPresent()) {
            numbers.add(number(body.number("icmp_type"), "", MOST_ICMP));
            numbers.add(number(OptionalLong.of(body.number("icmp_code").orElse(0)), "", MOST_ICMP));
        }
        return new AskedFlow(body.text("from"), body.text("to"), service(protocol, numbers));
    }

    private static int number(OptionalLong given, String missing, int most) {
        long number = given.orElseThrow(() -> new BadCallException(missing));
        if (number < 0 || number > most) {
            throw new BadCallException(number + " is not within 0-" + most + ".");
        }
        return (int) number;
    }

    /** Reads a line. Words are what blanks, commas and slashes behind a protocol part. */
    static AskedFlow parse(String text) {
        if (text.length() > LONGEST) {
            throw new BadCallException("That is too long for a question.");
        }
        List<String> words = words(text);
        if (words.size() < 3) {
            throw new BadCallException("A question needs a source, a destination and a protocol. " + FORM);
        }
        List<String> service = serviceWords(words.subList(2, words.size()));
        Protocol protocol = protocol(service.get(0));
        int most = protocol.hasPorts() ? PortRange.MAX_PORT : MOST_ICMP;
        List<Integer> numbers = service.subList(1, service.size()).stream()
                .map(word -> number(word, most))
                .toList();
        return new AskedFlow(words.get(0), words.get(1), service(protocol, numbers));
    }

    private static List<String> words(String text) {
        var words = new ArrayList<>(List.of(text.replace("->", " -> ")
                .replace("→", " → ")
                .replace(',', ' ')
                .strip()
                .split("\\s+")));
        if (words.size() > 1 && words.get(0).equals("from")) {
            words.remove(0);
        }
        if (words.size() > 1 && ARROWS.contains(words.get(1))) {
            words.remove(1);
        }
        return words;
    }

    /** {@code tcp/3306} and {@code tcp port 3306} are {@code tcp 3306}. */
    private static List<String> serviceWords(List<String> words) {
        var all = new ArrayList<String>();
        words.stream().filter(word -> !FILLERS.contains(word)).forEach(word -> all.addAll(List.of(word.split("[/:]"))));
        if (all.isEmpty()) {
            throw new BadCallException("The protocol is missing. " + FORM);
        }
        return all;
    }

    private static Protocol protocol(String word) {
        Optional<Protocol> protocol = Protocol.parse(word).filter(one -> !one.equals(Protocol.ALL));
        return protocol.orElseThrow(() -> new BadCallException(
                "\"" + word + "\" is not a protocol; write tcp, udp, icmp, icmpv6 or a number 0-255."));
    }

    private static int number(String word, int most) {
        OptionalInt number = Decimal.parse(word, most);
        return number.orElseThrow(
                () -> new BadCallException("\"" + word + "\" is not a number from 0 to " + most + "."));
    }

    /** An ICMP question without a type is about an echo request. */
    private static Service service(Protocol protocol, List<Integer> numbers) {
        int most = protocol.hasPorts() ? 1 : protocol.hasIcmpTypes() ? 2 : 0;
        if (numbers.size() > most || (protocol.hasPorts() && numbers.isEmpty())) {
            throw new BadCallException(
                    protocol + (protocol.hasPorts() ? " needs one port. " : " has no such numbers. ") + FORM);
        }
        if (!protocol.hasIcmpTypes()) {
            return new Service(protocol.number(), numbers.isEmpty() ? 0 : numbers.get(0), 0, 0);
        }
        int echo = protocol.equals(Protocol.ICMP) ? 8 : 128;
        int type = numbers.isEmpty() ? echo : numbers.get(0);
        return new Service(protocol.number(), 0, type, numbers.size() < 2 ? 0 : numbers.get(1));
    }
}
