package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Location;

/**
 * Something written at a place. It holds the parts of the place itself: a file has some hundred thousand nodes, few of which
 * are ever named in a message, and an object for each place would be a third of the tree.
 */
interface Placed {

    /** The path as the operator gave it. */
    String file();

    /** From 1. */
    int line();

    /** From 1, in code points. */
    int column();

    default Location at() {
        return new Location(file(), line(), column());
    }
}
