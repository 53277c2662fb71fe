package io.secgroupd.controlplane.aws.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    @Test
    void listsAreInTheOrderOfTheirNumbersAndGapsDoNotCount() {
        assertThat(parse("GroupId.10=c&GroupId.2=b&GroupId.1=a&GroupId.10000=d").texts("GroupId"))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void structuresNest() {
        Parameters permission = parse("IpPermissions.1.IpRanges.2.CidrIp=10.0.0.0%2F8&IpPermissions.1.FromPort=-1")
                .list("IpPermissions")
                .get(0);
        assertThat(permission.integer("FromPort")).hasValue(-1);
        assertThat(permission.list("IpRanges").get(0).text("CidrIp")).contains("10.0.0.0/8");
        assertThat(permission.path("ToPort")).isEqualTo("IpPermissions.1.ToPort");
    }

    @Test
    void rdsNamesTheMembersOfItsLists() {
        assertThat(parse("Ids.Id.2=b&Ids.Id.1=a").texts("Ids", "Id")).containsExactly("a", "b");
        assertThat(parse("Ids.member.1=a").texts("Ids", "Id")).containsExactly("a");
        assertThat(parse("Filters.Filter.1.Values.Value.1=x")
                        .list("Filters", "Filter")
                        .get(0)
                        .texts("Values", "Value"))
                .containsExactly("x");
        assertThat(error(() -> parse("Ids.Id.1=a&Ids.member.1=b").texts("Ids", "Id"))
                        .code())
                .isEqualTo("MalformedQueryString");
    }

    @Test
    void anEmptyListIsABareNameAndDiffersFromNone() {
        Parameters parameters = parse("Ids=&A=1");
        assertThat(parameters.has("Ids")).isTrue();
        assertThat(parameters.has("Other")).isFalse();
        assertThat(parameters.texts("Ids", "Id")).isEmpty();
        assertThat(parameters.texts("Other", "Id")).isEmpty();
        assertThat(parameters.unread()).containsExactly("A");
        assertThat(parse("Ids=&Ids.Id.1=a").texts("Ids", "Id")).containsExactly("a");
    }

    @Test
    void textsAreDecodedAsAFormIs() {
        Parameters parameters = parse("A=a+b%20c%2B%C3%A9&B=&C");
        assertThat(parameters.text("A")).contains("a b c+\u00e9");
        assertThat(parameters.text("B")).contains("");
        assertThat(parameters.text("C")).contains("");
        assertThat(parameters.text("D")).isEmpty();
        assertThat(parse("&&A=1&").text("A")).contains("1");
        assertThat(parse("A=b=c").text("A")).contains("b=c");
    }

    @Test
    void booleansAreWrittenInSeveralWays() {
        for (String yes : new String[] {"true", "True", "TRUE", "1"}) {
            assertThat(parse("DryRun=" + yes).bool("DryRun")).contains(true);
        }
        assertThat(parse("DryRun=False").bool("DryRun")).contains(false);
        assertThat(parse("").bool("DryRun")).isEmpty();
        assertThat(error(() -> parse("DryRun=yes").bool("DryRun")))
                .isEqualTo(AwsError.invalid("Value (yes) for parameter DryRun is invalid. It must be true or false."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.5", "+1", "2147483648", "-2147483649", "99999999999999999999", "0x10"})
    void whatIsNoIntegerIsRefused(String text) {
        AwsError error = error(() -> parse("N=" + text.replace("+", "%2B")).integer("N"));
        assertThat(error.code()).isEqualTo("InvalidParameterValue");
        assertThat(error.message()).startsWith("Value (" + text + ") for parameter N is invalid.");
    }

    @Test
    void integersHave32Bits() {
        assertThat(parse("N=-2147483648").integer("N")).hasValue(Integer.MIN_VALUE);
        assertThat(parse("N=2147483647").integer("N")).hasValue(Integer.MAX_VALUE);
        assertThat(parse("").integer("N")).isEmpty();
    }

    @Test
    void whatMustBeThereIsNamedWhole() {
        assertThat(error(() -> parse("A=1").required("GroupName")))
                .isEqualTo(AwsError.of("MissingParameter", "The request must contain the parameter GroupName"));
        assertThat(error(() -> parse("T.3.Key=k").list("T").get(0).required("Value"))
                        .message())
                .endsWith("parameter T.3.Value");
    }

    @Test
    void whatNobodyReadIsReported() {
        Parameters parameters = parse("Action=X&T.1.Key=k&T.1.Valeu=v&U=1&L.x=1");
        parameters.text("Action");
        parameters.list("T").get(0).text("Key");
        assertThat(parameters.list("L")).isEmpty();
        assertThat(parameters.unread()).containsExactly("L.x", "T.1.Valeu", "U");
        assertThat(error(parameters::refuseUnread))
                .isEqualTo(AwsError.of("UnknownParameter", "The parameter L.x is not recognized"));
        Parameters all = parse("A=1");
        all.text("A");
        all.refuseUnread();
        assertThat(all.unread()).isEmpty();
    }

    @Test
    void aStructureIsOptional() {
        assertThat(parse("IpPermissions.FromPort=1")
                        .structure("IpPermissions")
                        .orElseThrow()
                        .integer("FromPort"))
                .hasValue(1);
        assertThat(parse("A=1").structure("B")).isEmpty();
    }

    @Test
    void oneFormDoesNotPassForAnother() {
        assertThat(error(() -> parse("A=1").list("A")).code()).isEqualTo("InvalidParameterValue");
        assertThat(error(() -> parse("A.1=1").list("A")).code()).isEqualTo("InvalidParameterValue");
        assertThat(error(() -> parse("A.1.B=1").texts("A")).code()).isEqualTo("InvalidParameterValue");
        assertThat(error(() -> parse("A.1=1").text("A")).code()).isEqualTo("InvalidParameterValue");
        assertThat(error(() -> parse("A=1").structure("A")).code()).isEqualTo("InvalidParameterValue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A=1&A.1=2",
                "A.1=2&A=1",
                "A..B=1",
                ".A=1",
                "A.=1",
                "=1",
                "A.0=1",
                "A.01=1",
                "A.10001=1",
                "A.99999999999=1",
                "a.b.c.d.e.f.g.h.i=1",
                "A=%",
                "A=%4",
                "A=%zz",
                "A=%ff",
                "A=%c0%80",
                "%C3%A9=1"
            })
    void namesAndBytesThatDoNotFitAreRefused(String body) {
        AwsError error = error(() -> parse(body));
        assertThat(error.code()).isEqualTo("MalformedQueryString");
        assertThat(error.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=1&A=1", "A=1&%41=2", "A=%00", "A=%1B", "A=%EF%BF%BF", "A%01=1"})
    void valuesThatCannotBeKeptAreRefused(String body) {
        assertThat(error(() -> parse(body)).code()).isEqualTo("InvalidParameterValue");
    }

    @Test
    void sizeCountAndLengthAreBounded() {
        assertThat(parse("A=" + "x".repeat(FormBody.MAX_BYTES - 2)).has("A")).isTrue();
        assertThat(error(() -> parse("A=" + "x".repeat(FormBody.MAX_BYTES - 1))).status())
                .isEqualTo(413);
        StringBuilder many = new StringBuilder("A.1=");
        for (int i = 2; i <= FormBody.MAX_PARAMETERS; i++) {
            many.append("&A.").append(i).append('=');
        }
        assertThat(parse(many.toString()).texts("A")).hasSize(FormBody.MAX_PARAMETERS);
        assertThat(error(() -> parse(many + "&B=")).code()).isEqualTo("MalformedQueryString");
        assertThat(parse("A".repeat(FormBody.MAX_NAME)).unread()).hasSize(1);
        assertThat(error(() -> parse("A".repeat(FormBody.MAX_NAME + 1))).code()).isEqualTo("MalformedQueryString");
    }

    private static Parameters parse(String body) {
        return Parameters.parse(body.getBytes(UTF_8));
    }

    private static AwsError error(Runnable read) {
        AwsRefusal refusal = catchThrowableOfType(AwsRefusal.class, read::run);
        assertThat(refusal).isNotNull();
        return refusal.error();
    }
}
