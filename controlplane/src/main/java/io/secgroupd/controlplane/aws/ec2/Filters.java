package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The filters that an operation knows. The values of one filter are alternatives, and all filters have to hold; a filter without
 * values matches nothing.
 *
 * @param <T> what is filtered
 */
final class Filters<T> {

    private static final String TAG = "tag:";

    private final Map<String, Function<T, Stream<String>>> byName = new TreeMap<>();
    private @Nullable Function<T, Map<String, String>> tags;

    /** Adds a filter that looks at one value. */
    Filters<T> one(String name, Function<T, String> value) {
        return many(name, item -> Stream.of(value.apply(item)));
    }

    /** Adds a filter that holds when any of several values matches. */
    Filters<T> many(String name, Function<T, Stream<String>> values) {
        byName.put(name, values);
        return this;
    }

    /** Adds the filters {@code tag:KEY}, {@code tag-key} and {@code tag-value}. */
    Filters<T> tags(Function<T, Map<String, String>> of) {
        tags = of;
        return many("tag-key", item -> of.apply(item).keySet().stream())
                .many("tag-value", item -> of.apply(item).values().stream());
    }

    /**
     * The filters that a request names, as one condition.
     *
     * @throws AwsRefusal for a filter that this operation does not know
     */
    Predicate<T> read(Parameters request) {
        Predicate<T> all = item -> true;
        for (Parameters filter : request.list("Filter")) {
            Function<T, Stream<String>> values = values(filter.required("Name"));
            List<Glob> wanted = filter.texts("Value").stream().map(Glob::new).toList();
            all = all.and(item ->
                    values.apply(item).anyMatch(value -> wanted.stream().anyMatch(one -> one.matches(value))));
        }
        return all;
    }

    private Function<T, Stream<String>> values(String name) {
        Function<T, Map<String, String>> tagged = tags;
        if (tagged != null && name.startsWith(TAG)) {
            String key = name.substring(TAG.length());
            return item -> Stream.ofNullable(tagged.apply(item).get(key));
        }
        Function<T, Stream<String>> known = byName.get(name);
        if (known == null) {
            throw new AwsRefusal(AwsError.invalid("The filter '" + name + "' is invalid"));
        }
        return known;
    }
}
