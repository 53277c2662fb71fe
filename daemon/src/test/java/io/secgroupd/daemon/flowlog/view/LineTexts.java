package io.secgroupd.daemon.flowlog.view;

import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.daemon.flowlog.read.LogText;

/** What lines look like in each form. */
final class LineTexts {

    private LineTexts() {}

    /** One line of the log in another form, with its line end. */
    static String of(LineText form, String line) {
        var out = new StringBuilder();
        form.append(parsed(line), out);
        return out.toString();
    }

    static LogLine parsed(String line) {
        return LogText.parsed(line).get(0);
    }
}
