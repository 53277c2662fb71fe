package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the room that etcd has, and gives it back, through etcd's own gateway for JSON. */
final class EtcdSpace {

    static final int QUOTA = 4 << 20;

    private static final int MOST = 200;
    private static final Pattern REVISION = Pattern.compile("\"revision\":\"([0-9]+)\"");
    private static final Pattern MEMBER = Pattern.compile("\"memberID\":\"([0-9]+)\"");
    private static final String FILLER = "ZmlsbGVy"; // "filler" in base64

    private final NetworkNamespace host;

    EtcdSpace(NetworkNamespace host) {
        this.host = host;
    }

    /** Writes until there is no room. */
    void fill() {
        String value = "A".repeat(120_000);
        for (int i = 0; i < MOST; i++) {
            if (ask("kv/put", "{\"key\":\"" + FILLER + "\",\"value\":\"" + value + "\"}")
                    .contains("space exceeded")) {
                return;
            }
        }
        throw new IllegalStateException("etcd takes more than its quota");
    }

    /** Takes away what filled it, and the alarm. */
    void free() {
        String answer = ask("kv/deleterange", "{\"key\":\"" + FILLER + "\"}");
        ask("kv/compaction", "{\"revision\":\"" + found(REVISION, answer) + "\",\"physical\":true}");
        ask("maintenance/defragment", "{}");
        String member = found(MEMBER, ask("maintenance/alarm", "{\"action\":\"GET\"}"));
        ask("maintenance/alarm", "{\"action\":\"DEACTIVATE\",\"alarm\":\"NOSPACE\",\"memberID\":\"" + member + "\"}");
    }

    private static String found(Pattern pattern, String answer) {
        Matcher matcher = pattern.matcher(answer);
        FaultChecks.require(matcher.find(), "etcd has answered " + answer);
        return matcher.group(1);
    }

    private String ask(String what, String body) {
        return host.run("curl", "-sS", "http://127.0.0.1:2379/v3/" + what, "-d", body);
    }
}
