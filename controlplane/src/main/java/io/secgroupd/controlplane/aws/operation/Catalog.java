package io.secgroupd.controlplane.aws.operation;

import io.secgroupd.controlplane.aws.AwsService;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operations of one service by the name that clients send as {@code Action}. */
public final class Catalog {

    /**
     * One operation.
     *
     * @param writes whether it may change something, so that only a key with that right may call it
     * @param silent whether the answer of RDS has no result, not even an empty one
     */
    public record CatalogEntry(String action, boolean writes, boolean silent, Operation operation) {}

    private final AwsService service;
    private final Map<String, CatalogEntry> byAction = new TreeMap<>();

    public Catalog(AwsService service) {
        this.service = service;
    }

    /** The service whose operations these are. */
    public AwsService service() {
        return service;
    }

    /** Adds an operation that only reads. */
    public Catalog reads(String action, Operation operation) {
        return add(new CatalogEntry(action, false, false, operation));
    }

    /** Adds an operation that may change something. */
    public Catalog writes(String action, Operation operation) {
        return add(new CatalogEntry(action, true, false, operation));
    }

    /** Adds an operation that may change something and whose answer has no result. */
    public Catalog writesSilently(String action, Operation operation) {
        return add(new CatalogEntry(action, true, true, operation));
    }

    /** The operation of this name. */
    public Optional<CatalogEntry> find(String action) {
        return Optional.ofNullable(byAction.get(action));
    }

    /** All names, sorted. */
    public Iterable<String> actions() {
        return byAction.keySet();
    }

    private Catalog add(CatalogEntry entry) {
        if (byAction.put(entry.action(), entry) != null) {
            throw new IllegalStateException(entry.action() + " is defined twice");
        }
        return this;
    }
}
