package io.secgroupd.daemon.testkit;

import static io.secgroupd.daemon.testkit.Attempt.CONNECTED;
import static io.secgroupd.daemon.testkit.Network.APP_1;
import static io.secgroupd.daemon.testkit.Network.CLIENT;
import static io.secgroupd.daemon.testkit.Network.ORDERS_1;
import static io.secgroupd.daemon.testkit.Network.ORDERS_2;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NetnsTest
class NetworkIT {

    @ParameterizedTest
    @CsvSource({"10.0.1.10, 10.0.2.10, 10.0.2.11", "2001:db8:1::10, 2001:db8:2::10, 2001:db8:2::11"})
    void everyHostOfTheScenarioReachesTheOthers(String app1, String orders1, String orders2) {
        try (Network network = Network.ofTheScenario()) {
            TcpService.listen(network.host(APP_1), 443);
            TcpService.listen(network.host(ORDERS_1), 3306);
            TcpService.listen(network.host(ORDERS_2), 3306);
            assertConnects(network.host(CLIENT), app1, 443);
            assertConnects(network.host(APP_1), orders1, 3306);
            assertConnects(network.host(APP_1), orders2, 3306);
            assertConnects(network.host(ORDERS_1), orders2, 3306);
            assertConnects(network.host(CLIENT), orders2, 3306);
        }
    }

    private static void assertConnects(NetworkNamespace from, String to, int port) {
        assertThat(TcpClient.in(from).tryConnect(to, port, Duration.ofSeconds(10)))
                .isEqualTo(CONNECTED);
    }
}
