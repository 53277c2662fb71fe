package io.secgroupd.daemon.refused;

import java.util.List;
import java.util.Optional;

/**
 * A page that is to follow the one in use, with what the kernel refused last: what is attempted all the time does not come through
 * while a page is turned.
 *
 * @param edition the edition of the policy that refused the flows
 */
record NextPage(RefusedPage page, long edition) {

    /**
     * Turns to a page that holds these flows already, unless another policy comes into force before all of them are there: then all
     * are forgotten, as they must be. Only the thread that adds flows may call this.
     *
     * @param inUse the page that the flows are from
     */
    static void turn(RefusedPages pages, RefusedPage inUse, List<RefusedFlow> flows) {
        Optional<NextPage> prepared = pages.prepare(inUse);
        if (prepared.isEmpty()) {
            return;
        }
        NextPage next = prepared.get();
        for (int from = 0; from < flows.size(); from += RefusedTable.KEYS_AT_ONCE) {
            int to = Math.min(flows.size(), from + RefusedTable.KEYS_AT_ONCE);
            if (!pages.fill(next, flows.subList(from, to))) {
                return;
            }
        }
        pages.turnTo(next);
    }
}
