package io.secgroupd.rules.usage;

/**
 * How often something was seen, and when.
 *
 * @param count 1 or more
 * @param first milliseconds since 1970-01-01T00:00:00Z, or {@link #UNTOLD}
 * @param last  the same; not before {@code first}
 */
public record Sightings(long count, long first, long last) {

    /** Stands for a time that the record does not tell. */
    public static final long UNTOLD = -1;

    public Sightings {
        if (count < 1 || first > last) {
            throw new IllegalArgumentException("what was seen was seen at least once, and first before last");
        }
    }

    /** As often, at times that nobody knows. */
    public static Sightings untold(long count) {
        return new Sightings(count, UNTOLD, UNTOLD);
    }

    /** Both together. */
    public Sightings plus(Sightings other) {
        if (first == UNTOLD || other.first == UNTOLD) {
            Sightings told = first == UNTOLD ? other : this;
            return new Sightings(count + other.count, told.first, told.last);
        }
        return new Sightings(count + other.count, Math.min(first, other.first), Math.max(last, other.last));
    }
}
