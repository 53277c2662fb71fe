package io.secgroupd.daemon.faults;

/**
 * The policies under which the traffic runs. Each allows what the one before allows, but for a pair of ports, of which it opens
 * the one that was shut and shuts the other: both open, or both shut, would be a policy that nobody has written.
 */
final class SwappingPolicy {

    static final int OPEN = 80;
    static final int FLOW = 84;
    static final int SHUT = 83;
    static final int OPEN_OUTWARDS = 443;
    static final int SHUT_OUTWARDS = 444;

    private static final int PAIR = 81;

    private SwappingPolicy() {}

    /** The port of the pair that an edit opens. */
    static int opened(int edit) {
        return PAIR + edit % 2;
    }

    /** The one that it shuts. */
    static int closed(int edit) {
        return opened(edit + 1);
    }

    /** The rules file; the instances come last, so that no beginning of it is a policy for this host. */
    static String of(int edit) {
        return of(edit, OPEN + ", ");
    }

    /** The same but for the port that all others leave open: what locks its clients out. */
    static String withoutTheOpenPort(int edit) {
        return of(edit, "");
    }

    private static String of(int edit, String open) {
        return """
                version: 1
                security_groups:
                  sg-web:
                    description: edit %d
                    inbound:
                      - { protocol: tcp, ports: [%s%d, %d], source: any }
                    outbound:
                      - { protocol: tcp, ports: [%d], destination: any }
                instances:
                  web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
                """.formatted(edit, open, FLOW, opened(edit), OPEN_OUTWARDS);
    }
}
