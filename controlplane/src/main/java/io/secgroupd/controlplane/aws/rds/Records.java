package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.PageToken;
import io.secgroupd.controlplane.aws.query.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a long answer of RDS.
 *
 * @param marker to be sent for the next page; empty on the last
 */
record Records<T>(List<T> items, Optional<String> marker) {

    private static final int LEAST = 20;

    /** This many come when the client names no number, too. */
    private static final int MOST = 100;

    /**
     * The page that a request asks for.
     *
     * @param id tells an item from the others
     */
    static <T> Records<T> page(Parameters request, List<T> all, Function<T, String> id) {
        int size = request.integer("MaxRecords").orElse(MOST);
        if (size < LEAST || size > MOST) {
            throw request.invalid(
                    "MaxRecords", Integer.toString(size), "It must be from " + LEAST + " to " + MOST + ".");
        }
        int from = request.text("Marker")
                .filter(marker -> !marker.isEmpty())
                .map(marker -> position(marker, all, id))
                .orElse(0);
        int to = Math.min(all.size(), from + size);
        boolean more = to < all.size();
        Optional<String> marker = more ? Optional.of(PageToken.of(to, id.apply(all.get(to - 1)))) : Optional.empty();
        return new Records<>(List.copyOf(all.subList(from, to)), marker);
    }

    private static <T> int position(String marker, List<T> all, Function<T, String> id) {
        return PageToken.position(marker, all, id)
                .orElseThrow(() -> new AwsRefusal(AwsError.invalid("Invalid value '" + marker + "' for Marker.")));
    }
}
