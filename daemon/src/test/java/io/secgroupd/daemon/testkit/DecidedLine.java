package io.secgroupd.daemon.testkit;

/** A line of the flow log, as the daemon writes it, in few words. */
public final class DecidedLine {

    private final String verdict;
    private final String direction;
    private final String instance;
    private final String group;
    private String flow = "";
    private int second;
    private long packets = 1;

    private DecidedLine(String verdict, String direction, String instance, String group) {
        this.verdict = verdict;
        this.direction = direction;
        this.instance = instance;
        this.group = group;
    }

    public static DecidedLine reject(String direction, String instance) {
        return new DecidedLine("REJECT", direction, instance, "null");
    }

    public static DecidedLine accept(String direction, String instance, String group) {
        return new DecidedLine("ACCEPT", direction, instance, '"' + group + '"');
    }

    public DecidedLine tcp(String source, String destination, int port) {
        return flow("tcp", source, destination, port);
    }

    public DecidedLine udp(String source, String destination, int port) {
        return flow("udp", source, destination, port);
    }

    private DecidedLine flow(String protocol, String source, String destination, int port) {
        flow = String.format(
                "\"protocol\":\"%s\",\"src\":\"%s\",\"sport\":40000,\"dst\":\"%s\",\"dport\":%d,\"icmp_type\":null,"
                        + "\"icmp_code\":null,\"tcp_flags\":%s",
                protocol, source, destination, port, protocol.equals("tcp") ? "2" : "null");
        return this;
    }

    /** So many seconds after noon. */
    public DecidedLine at(int seconds) {
        second = seconds;
        return this;
    }

    public DecidedLine packets(long count) {
        packets = count;
        return this;
    }

    /** The line of a decision that mode observe did not carry out. */
    public String observed() {
        return text().replace("\"}", "\",\"observed\":true}");
    }

    public String text() {
        String time =
                String.format("\"2026-11-24T%02d:%02d:%02d.000Z\"", 12 + second / 3600, second / 60 % 60, second % 60);
        return String.format(
                "{\"time\":%s,\"seq\":%d,\"start\":\"ab12cd34\",\"host\":\"h\",\"verdict\":\"%s\",\"reason\":\"%s\","
                        + "\"direction\":\"%s\",\"instance\":\"%s\",\"group\":%s,\"rule\":null,%s,\"in\":\"eth0\","
                        + "\"generation\":7,\"packets\":%d,\"first\":%s,\"last\":%s}",
                time,
                second + 1,
                verdict,
                verdict.equals("ACCEPT") ? "rule" : "no-matching-rule",
                direction,
                instance,
                group,
                flow,
                packets,
                time,
                time);
    }
}
