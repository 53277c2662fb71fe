package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.PageToken;
import io.secgroupd.controlplane.aws.query.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Hands out a long answer in pages.
 *
 * @param least the fewest items of a page that a client may ask for
 * @param most  the most
 */
record Paging(int least, int most) {

    /** The bounds of most operations. */
    static final Paging USUAL = new Paging(5, 1000);

    /**
     * A part of an answer.
     *
     * @param next to be sent for the next page; empty on the last: some clients would ask for ever
     */
    record Page<T>(List<T> items, Optional<String> next) {}

    /**
     * The page that a request asks for; everything when it names no number.
     *
     * @param id tells an item from the others
     */
    <T> Page<T> page(Parameters request, List<T> all, Function<T, String> id) {
        OptionalInt asked = request.integer("MaxResults");
        asked.ifPresent(this::check);
        int from = request.text("NextToken").map(token -> after(token, all, id)).orElse(0);
        int to = Math.min(all.size(), from + asked.orElse(all.size() - from));
        Optional<String> next =
                to < all.size() ? Optional.of(PageToken.of(to, id.apply(all.get(to - 1)))) : Optional.empty();
        return new Page<>(List.copyOf(all.subList(from, to)), next);
    }

    private void check(int asked) {
        if (asked < least || asked > most) {
            String bound = asked < least ? "greater than " + least : "less than " + most;
            throw new AwsRefusal(AwsError.invalid(
                    "Value ( " + asked + " ) for parameter maxResults is invalid. Expecting a value " + bound + "."));
        }
    }

    private static <T> int after(String token, List<T> all, Function<T, String> id) {
        return PageToken.position(token, all, id)
                .orElseThrow(() -> new AwsRefusal(AwsError.invalid("Invalid value '" + token + "' for nextToken.")));
    }
}
