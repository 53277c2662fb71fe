package io.secgroupd.daemon.replay;

import io.secgroupd.daemon.capture.CaptureFile;
import io.secgroupd.rules.text.Plural;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the remarks about a capture besides the verdicts, above all on what was not judged. */
final class CaptureRemarks {

    private CaptureRemarks() {}

    /** Returns the remarks as sentences; none when every packet could be read. */
    static List<String> of(Path file, CaptureFile.CaptureSummary summary, long flows) {
        var remarks = new ArrayList<String>();
        String ofAll = " of " + Plural.grouped(summary.packets()) + " packets ";
        add(remarks, summary.others(), ofAll + "hold no IP that can be read, and were not judged: " + summary.kinds());
        add(remarks, summary.undecodable(), ofAll + "are cut or malformed, and were not judged");
        add(
                remarks,
                summary.badTimes(),
                ofAll + "have an impossible time, or one before that of earlier packets; they count as of the latest"
                        + " time before them");
        add(remarks, summary.forgotten(), " flows may be counted twice: more were open at once than are remembered");
        if (flows == 0 && summary.damage().isEmpty()) {
            remarks.add(nothing(file, summary));
        }
        summary.damage().ifPresent(remarks::add);
        return remarks;
    }

    private static void add(List<String> remarks, long number, String rest) {
        if (number > 0) {
            remarks.add(Plural.grouped(number) + rest);
        }
    }

    private static String nothing(Path file, CaptureFile.CaptureSummary summary) {
        if (summary.packets() == 0) {
            return file + " holds no packet; capture while there is traffic";
        }
        return summary.others() + summary.undecodable() > 0
                ? "no packet of " + file + " could be judged; capture whole packets, on an Ethernet interface or on the"
                        + " device any"
                : "no packet of " + file + " opens a flow between two hosts: nothing was judged";
    }
}
