package io.secgroupd.controlplane.clients;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * A block {@code ingress} or {@code egress} of Terraform's language.
 *
 * @param from  0 for all protocols; the type for ICMP
 * @param to    0 for all protocols; the code for ICMP
 * @param peers prefixes, and ids of groups and lists
 */
record Block(String protocol, int from, int to, String description, Set<String> peers) {

    static Block of(String protocol, int from, int to, String description, String... peers) {
        return new Block(protocol, from, to, description, new TreeSet<>(List.of(peers)));
    }

    /** As it is sent to make or to revoke its rules. */
    IpPermission sent() {
        return IpPermission.builder()
                .ipProtocol(protocol)
                .fromPort(from)
                .toPort(to)
                .ipRanges(peers(
                        Block::isIpv4,
                        peer -> IpRange.builder()
                                .cidrIp(peer)
                                .description(words())
                                .build()))
                .ipv6Ranges(peers(
                        peer -> peer.contains(":"),
                        peer -> Ipv6Range.builder()
                                .cidrIpv6(peer)
                                .description(words())
                                .build()))
                .userIdGroupPairs(peers(
                        peer -> peer.startsWith("sg-"),
                        peer -> UserIdGroupPair.builder()
                                .groupId(peer)
                                .description(words())
                                .build()))
                .prefixListIds(peers(
                        peer -> peer.startsWith("pl-"),
                        peer -> PrefixListId.builder()
                                .prefixListId(peer)
                                .description(words())
                                .build()))
                .build();
    }

    private static boolean isIpv4(String peer) {
        return Character.isDigit(peer.charAt(0)) && !peer.contains(":");
    }

    private <T> List<T> peers(Predicate<String> kind, Function<String, T> shape) {
        return peers.stream().filter(kind).map(shape).toList();
    }

    /** A description that is not given is not sent. */
    @SuppressWarnings("NullAway") // the builders of the SDK take null for what is absent
    private String words() {
        return description.isEmpty() ? null : description;
    }

    /** The blocks that a group is described with: peers with the same words make one. */
    static Set<Block> read(List<IpPermission> permissions) {
        return permissions.stream().flatMap(Block::read).collect(Collectors.toSet());
    }

    private static Stream<Block> read(IpPermission permission) {
        Map<String, Set<String>> byWords = named(permission)
                .collect(Collectors.groupingBy(
                        Named::words, Collectors.mapping(Named::peer, Collectors.toCollection(TreeSet::new))));
        return byWords.entrySet().stream()
                .map(entry -> new Block(
                        permission.ipProtocol(),
                        Objects.requireNonNullElse(permission.fromPort(), 0),
                        Objects.requireNonNullElse(permission.toPort(), 0),
                        entry.getKey(),
                        entry.getValue()));
    }

    private record Named(String peer, String words) {
        static Named of(String peer, String words) {
            return new Named(peer, Objects.requireNonNullElse(words, ""));
        }
    }

    private static Stream<Named> named(IpPermission permission) {
        return Stream.of(
                        permission.ipRanges().stream().map(range -> Named.of(range.cidrIp(), range.description())),
                        permission.ipv6Ranges().stream().map(range -> Named.of(range.cidrIpv6(), range.description())),
                        permission.userIdGroupPairs().stream()
                                .map(pair -> Named.of(pair.groupId(), pair.description())),
                        permission.prefixListIds().stream()
                                .map(list -> Named.of(list.prefixListId(), list.description())))
                .flatMap(Function.identity());
    }
}
