package io.secgroupd.controlplane.edit.random;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Prefix;
import io.secgroupd.rules.text.InstantText;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What all draws of changes have in common. */
abstract class Draws {

    final Random random;
    final Policy policy;

    Draws(Random random, Policy policy) {
        this.random = random;
        this.policy = policy;
    }

    <T> T one(Collection<T> all) {
        return List.copyOf(all).get(random.nextInt(all.size()));
    }

    <T> Optional<T> maybe(Collection<T> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(one(all));
    }

    String text() {
        return one(RandomPolicy.TEXTS);
    }

    Optional<Instant> expires() {
        return random.nextInt(3) > 0 ? Optional.empty() : InstantText.parse(one(RandomPolicy.EXPIRIES));
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.put(one(RandomPolicy.KEYS), text());
        }
        return tags;
    }

    AddressRange range() {
        return Prefix.containing(IpAddress.ipv4(0xac100000 + random.nextInt(1 << 20)), 24 + random.nextInt(9))
                .range();
    }
}
