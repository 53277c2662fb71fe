package io.secgroupd.controlplane.fleet.membership;

import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The registered addresses with which hosts get revisions that say others. Each revision has its own, since what a person changes
 * on the way decides which instances there are, and which addresses are free.
 *
 * @param maps   by the serial of a revision, the addresses by instance
 * @param before the hash of the addresses of the edition before; empty when that was the revisions as they are
 * @param closed why no more is given until the roll-out is over: a host has refused an edition
 */
public record EditionAddresses(
        SortedMap<Long, SortedMap<String, SortedSet<IpAddress>>> maps,
        Optional<String> before,
        Optional<String> closed) {

    /** Nothing but what the revisions say. */
    public static final EditionAddresses NONE =
            new EditionAddresses(Collections.emptySortedMap(), Optional.empty(), Optional.empty());

    private static final String MAPS = "maps";

    public EditionAddresses {
        maps = Collections.unmodifiableSortedMap(new TreeMap<>(maps));
    }

    /**
     * The files of a revision with its addresses. One that was made after the edition gets what the newest before it has, as far
     * as it can have that: until the next edition, nobody who has joined is gone from it.
     */
    public PolicyFiles in(long serial, PolicyFiles files) {
        SortedMap<String, SortedSet<IpAddress>> own = maps.get(serial);
        if (own != null) {
            return RegisteredFile.with(own, files);
        }
        return maps.headMap(serial).values().stream()
                .reduce((earlier, later) -> later)
                .map(map -> RegisteredFile.fitted(map, files))
                .orElse(files);
    }

    /** The text under whose hash they are kept. */
    public String text() {
        var json = new JsonTexts();
        before.ifPresent(hash -> json.texts().put("before", hash));
        closed.ifPresent(why -> json.texts().put("closed", why));
        var contents = new TreeMap<String, String>();
        maps.forEach((serial, map) ->
                contents.put(Long.toString(serial), new String(RegisteredFile.content(map), StandardCharsets.UTF_8)));
        json.objects().put(MAPS, contents);
        return Json.line(json);
    }

    /**
     * Reads the text.
     *
     * @throws IOException when it is none
     */
    public static EditionAddresses parse(String text) throws IOException {
        JsonTexts json = Json.parse(text);
        var maps = new TreeMap<Long, SortedMap<String, SortedSet<IpAddress>>>();
        try {
            for (var content : json.object(MAPS).entrySet()) {
                byte[] bytes = content.getValue().getBytes(StandardCharsets.UTF_8);
                maps.put(Long.parseLong(content.getKey()), RegisteredFile.parse(bytes));
            }
        } catch (NumberFormatException e) {
            throw new IOException("The serial of an edition is no number.", e);
        }
        return new EditionAddresses(
                maps,
                Optional.ofNullable(json.texts().get("before")),
                Optional.ofNullable(json.texts().get("closed")));
    }
}
