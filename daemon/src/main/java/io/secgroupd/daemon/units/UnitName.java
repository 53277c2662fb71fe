package io.secgroupd.daemon.units;

import io.secgroupd.rules.text.Printable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells the unit of systemd from the path of a control group.
 *
 * <p>The outermost unit counts, and only slices may stand above it: whoever runs as a user may make control groups beneath the
 * manager of that user, and a container beneath its own group. If the innermost counted, these could pose as another unit by a
 * name. A unit of a user's manager bears the manager's name too, as in {@code user@1000.service/syncthing.service}. What belongs
 * to no unit has the path of its group.
 */
final class UnitName {

    /** The longest name, in characters; of a longer path the end is kept. */
    static final int LONGEST = 256;

    private static final Pattern UNIT = Pattern.compile(".+\\.(service|scope|socket|mount|swap)", Pattern.DOTALL);
    private static final Pattern SLICE = Pattern.compile(".+\\.slice", Pattern.DOTALL);
    private static final Pattern MANAGER = Pattern.compile("user@\\d+\\.service");

    private UnitName() {}

    /** @param path the names of the directories below the root of the hierarchy */
    static String of(List<String> path) {
        return Printable.shown(shortened(unit(path)));
    }

    private static String unit(List<String> path) {
        int outermost = afterSlices(path, 0);
        if (outermost == path.size() && outermost > 0) {
            return path.get(outermost - 1);
        }
        if (!isUnit(path, outermost)) {
            return "/" + String.join("/", path);
        }
        String unit = path.get(outermost);
        int inner = MANAGER.matcher(unit).matches() ? afterSlices(path, outermost + 1) : path.size();
        return isUnit(path, inner) ? unit + "/" + path.get(inner) : unit;
    }

    private static int afterSlices(List<String> path, int from) {
        int at = from;
        while (at < path.size() && SLICE.matcher(path.get(at)).matches()) {
            at++;
        }
        return at;
    }

    private static boolean isUnit(List<String> path, int at) {
        return at < path.size() && UNIT.matcher(path.get(at)).matches();
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST ? name : "…" + name.substring(name.length() - LONGEST + 1);
    }
}
