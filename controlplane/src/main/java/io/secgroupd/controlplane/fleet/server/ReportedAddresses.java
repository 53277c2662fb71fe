package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.AddressReport;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The addresses that a host has reported.
 *
 * @param instances that it was enrolled for when it did, so that they leave with it when it is shut out
 * @param time      when it did
 */
record ReportedAddresses(AddressReport report, List<String> instances, Instant time) {

    ReportedAddresses {
        instances = List.copyOf(instances);
    }

    String text() {
        var json = new JsonTexts();
        json.texts()
                .put(
                        "addresses",
                        report.addresses().stream().map(IpAddress::toString).collect(Collectors.joining(",")));
        json.texts().put("instances", String.join(",", instances));
        json.texts().put("time", time.toString());
        return Json.line(json);
    }

    static ReportedAddresses parse(String text) throws IOException {
        JsonTexts json = Json.parse(text);
        List<IpAddress> addresses = new ArrayList<>();
        try {
            for (String address : parts(json.text("addresses"))) {
                addresses.add(AddressText.parseAddress(address));
            }
            return new ReportedAddresses(
                    new AddressReport(addresses), parts(json.text("instances")), Instant.parse(json.text("time")));
        } catch (AddressSyntaxException | IllegalArgumentException | DateTimeException e) {
            throw new IOException("The addresses of a host are none: " + e.getMessage() + ".", e);
        }
    }

    private static List<String> parts(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
    }
}
