package io.secgroupd.controlplane.console.api;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A question of a page whose session is known.
 *
 * @param query      the parameters of the address, decoded
 * @param body       the object that was sent; empty for a GET
 * @param connection the client's connection as {@code SOURCE,DESTINATION,PORT}, which a change must leave possible; empty when
 *                   it does not cross the network
 */
public record ApiCall(ConsoleUser user, Map<String, String> query, JsonObject body, Optional<String> connection) {

    public ApiCall {
        query = new TreeMap<>(query);
    }
}
