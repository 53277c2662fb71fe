package io.secgroupd.controlplane.edit.random;

import io.secgroupd.controlplane.edit.change.IntendedChange;
import java.util.Set;

/**
 * A change, and what may come of it.
 *
 * @param gone     the facts that are no longer so
 * @param come     the facts that are so from now on
 * @param touched  the paths of the elements whose lines may change and whose comments may go
 * @param moved    the paths of elements whose lines may change, but whose comments may not go
 * @param beside   how many other lines may change: for a comma, or for the brackets of what was or becomes empty
 */
record Asked(
        IntendedChange change,
        Set<String> gone,
        Set<String> come,
        Set<String> touched,
        Set<String> moved,
        int beside) {}
