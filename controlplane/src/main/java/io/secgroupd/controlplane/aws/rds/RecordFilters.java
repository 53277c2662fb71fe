package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The filters that an operation knows. The values of one filter are alternatives, and all filters have to hold. Unlike those of
 * EC2, the values have no wildcards.
 *
 * @param <T> what is filtered
 */
final class RecordFilters<T> {

    private final Map<String, BiPredicate<T, String>> byName = new TreeMap<>();

    /**
     * Adds a filter.
     *
     * @param matches reports whether an item fits a value
     */
    RecordFilters<T> add(String name, BiPredicate<T, String> matches) {
        byName.put(name, matches);
        return this;
    }

    /**
     * The filters that a request names, as one condition.
     *
     * @throws AwsRefusal for a filter that this operation does not know
     */
    Predicate<T> read(Parameters request) {
        Predicate<T> all = item -> true;
        for (Parameters filter : request.list("Filters", "Filter")) {
            String name = filter.required("Name");
            BiPredicate<T, String> matches = byName.get(name);
            if (matches == null) {
                throw new AwsRefusal(AwsError.invalid("Unrecognized filter name: " + name));
            }
            List<String> values = filter.texts("Values", "Value");
            all = all.and(item -> values.stream().anyMatch(value -> matches.test(item, value)));
        }
        return all;
    }
}
