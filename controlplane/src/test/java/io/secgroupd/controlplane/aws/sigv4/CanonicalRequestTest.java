package io.secgroupd.controlplane.aws.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"Host", "X-Amz-Date", "Date"})
    void noSignatureCoversTwoValuesOfWhatTheServerReads(String name) {
        assertThat(canonical(name, 1)).isTrue();
        assertThat(canonical(name, 2)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "0, false"})
    void anyOtherHeaderMayBeRepeatedButNotMissing(int times, boolean signed) {
        assertThat(canonical("X-Other", times)).isEqualTo(signed);
    }

    private static boolean canonical(String name, int times) {
        List<HttpHeader> headers = Collections.nCopies(times, new HttpHeader(name, "value"));
        var request = new SignedRequest("POST", "/", "", headers, new byte[0]);
        return CanonicalRequest.of(request, List.of(name.toLowerCase(Locale.ROOT)))
                .isPresent();
    }
}
