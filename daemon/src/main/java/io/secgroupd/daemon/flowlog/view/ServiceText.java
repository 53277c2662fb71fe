package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.rules.net.Protocol;

/** The service that a packet asks for, in words: {@code tcp 443}, {@code icmp 8/0}. */
final class ServiceText {

    private ServiceText() {}

    static String of(LogLine line) {
        int number = line.protocol();
        if (number < 0) {
            return "-";
        }
        String name = name(number);
        if (line.has(Field.DPORT)) {
            return name + " " + line.text(Field.DPORT);
        }
        return line.has(Field.ICMP_TYPE)
                ? name + " " + line.text(Field.ICMP_TYPE) + "/" + line.text(Field.ICMP_CODE)
                : name;
    }

    private static String name(int number) {
        String name = new Protocol(number).toString();
        return Character.isDigit(name.charAt(0)) ? "protocol " + name : name;
    }
}
