package io.secgroupd.daemon.parts;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The licences of the parts, by their SPDX ids. Of several that a part offers, the one that stands first here is taken. */
enum Licence {
    APACHE_2("Apache-2.0", "(?i)(The )?Apache(-| License,? Version | Software License, version | )2\\.0"),
    MIT("MIT", "MIT( License)?"),
    BSD_2("BSD-2-Clause", "BSD-2-Clause"),
    BSD_3("BSD-3-Clause", "BSD-3-Clause"),
    CC0("CC0-1.0", "Public Domain, per Creative Commons CC0"),
    LGPL_2_1("LGPL-2.1-only", "LGPL-2\\.1-only"),
    LGPL_2_1_LATER("LGPL-2.1-or-later", "LGPL-2\\.1-or-later"),
    EPL_2("EPL-2.0", "EPL-2\\.0|Eclipse Public License - v 2\\.0"),
    EPL_1("EPL-1.0", "EPL-1\\.0|Eclipse Public License - v 1\\.0");

    private final String id;
    private final Pattern names;

    Licence(String id, String names) {
        this.id = id;
        this.names = Pattern.compile(names);
    }

    /** Its id at SPDX. */
    String id() {
        return id;
    }

    /**
     * The licence that a POM calls by a name.
     *
     * @throws IllegalArgumentException when it is none of these: somebody must read it first, and add it here
     */
    static Licence named(String name) {
        return Stream.of(values())
                .filter(licence -> licence.names.matcher(name).matches())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the licence \"" + name + "\" is not known"));
    }
}
