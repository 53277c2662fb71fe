package io.secgroupd.daemon.fuzz;

import io.secgroupd.rules.fuzz.FuzzTargets;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DaemonFuzzTest {

    @TestFactory
    Stream<DynamicTest> whateverIsReadIsAnsweredWithinItsBounds() throws IOException {
        return FuzzTargets.tests(Map.of("AdminHttpFuzz", 4, "CaptureFuzz", 4, "FlowLogFuzz", 4, "SettingsFuzz", 4));
    }
}
