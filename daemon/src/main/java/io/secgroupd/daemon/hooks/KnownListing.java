package io.secgroupd.daemon.hooks;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last listing of a table. It holds until the kernel tells another generation of its tables, so that a tool need not be started
 * only to find that nothing has changed.
 */
final class KnownListing {

    private final CommandRunner host;
    private @Nullable String listed;
    private int generation;

    KnownListing(CommandRunner host) {
        this.host = host;
    }

    /** A tool that prints a table. */
    interface Lister {
        String list() throws HooksException;
    }

    /**
     * Returns what the table holds now.
     *
     * @param tool asked when that is not known
     * @param isOfNfTables whether the kernel numbers the changes of what was listed
     */
    synchronized String current(Lister tool, Predicate<String> isOfNfTables) throws HooksException {
        Optional<KernelTables> now = host.tables();
        Optional<String> known = ifCurrent(now);
        if (known.isPresent()) {
            return known.get();
        }
        String found = tool.list();
        boolean numbered = now.isPresent() && isOfNfTables.test(found);
        listed = numbered ? found : null;
        generation = numbered ? now.get().generation() : 0;
        return found;
    }

    /** The last listing, if nothing has changed since. */
    synchronized Optional<String> ifCurrent(Optional<KernelTables> now) {
        return now.filter(tables -> tables.generation() == generation).flatMap(same -> Optional.ofNullable(listed));
    }
}
