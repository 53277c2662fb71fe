package io.secgroupd.daemon.flowlog.read;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the sequence number of every line that is read. */
final class Collected implements LineSink {

    private final List<Long> numbers = new CopyOnWriteArrayList<>();

    @Override
    public void line(LogLine line) {
        numbers.add(line.isVpc() ? line.timeMillis() / 1000 % 3600 : line.number(Field.SEQ));
    }

    List<Long> numbers() {
        return numbers;
    }
}
