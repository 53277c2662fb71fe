package io.secgroupd.controlplane.aws.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsService;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class XmlAnswerTest {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    @Test
    void ec2PutsTheRequestIdFirst() {
        assertThat(text(XmlAnswer.success(AwsService.EC2, "DescribeVpcs", "id-1", xml -> {
                    xml.list("vpcSet", "item", List.of("vpc-1"), (item, vpc) -> {
                        item.text("vpcId", vpc);
                        item.bool("isDefault", true);
                        item.number("count", -1);
                        item.text("nothing", Optional.empty());
                    });
                    xml.texts("cidrs", "item", List.of());
                })))
                .isEqualTo(HEAD + "<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
                        + "<requestId>id-1</requestId><vpcSet><item><vpcId>vpc-1</vpcId><isDefault>true</isDefault>"
                        + "<count>-1</count></item></vpcSet><cidrs></cidrs></DescribeVpcsResponse>");
    }

    @Test
    void rdsAndStsWrapTheResultEvenWhenItIsEmpty() {
        assertThat(text(XmlAnswer.success(AwsService.RDS, "ModifyDBCluster", "id-1", xml -> {})))
                .isEqualTo(HEAD + "<ModifyDBClusterResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\">"
                        + "<ModifyDBClusterResult></ModifyDBClusterResult>"
                        + "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></ModifyDBClusterResponse>");
        assertThat(text(XmlAnswer.done(AwsService.RDS, "AddTagsToResource", "id-1")))
                .isEqualTo(HEAD + "<AddTagsToResourceResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\">"
                        + "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>"
                        + "</AddTagsToResourceResponse>");
    }

    @Test
    void errorsHaveTheFormOfTheService() {
        AwsError error = AwsError.invalid("a < b");
        assertThat(text(XmlAnswer.error(AwsService.EC2, error, "id-1")))
                .isEqualTo(HEAD + "<Response><Errors><Error><Code>InvalidParameterValue</Code>"
                        + "<Message>a &lt; b</Message></Error></Errors><RequestID>id-1</RequestID></Response>");
        assertThat(text(XmlAnswer.error(AwsService.STS, error, "id-1")))
                .isEqualTo(HEAD + "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                        + "<Error><Type>Sender</Type><Code>InvalidParameterValue</Code><Message>a &lt; b</Message>"
                        + "</Error><RequestId>id-1</RequestId></ErrorResponse>");
        assertThat(text(XmlAnswer.error(AwsService.RDS, new AwsError("InternalFailure", 500, ""), "id-1")))
                .contains("<Type>Receiver</Type>");
    }

    @Test
    void whatXmlCannotHoldIsReplaced() throws Exception {
        String text = "\0a\u001b\ufffe\ud800b\ud83d\ude00]]>\r\n\t";
        assertThat(parsedMessage(text)).isEqualTo("\ufffda\ufffd\ufffd\ufffdb\ud83d\ude00]]>\r\n\t");
    }

    @Property(tries = 1000)
    void anyTextIsParsedAgain(@ForAll String text) throws Exception {
        assertThat(parsedMessage(text)).isEqualTo(XmlText.legal(text));
    }

    @Test
    void theVersionTellsTheService() {
        for (AwsService service : AwsService.values()) {
            assertThat(AwsService.ofVersion(service.version())).contains(service);
        }
        assertThat(AwsService.ofVersion("2012-10-17")).isEmpty();
    }

    private static String parsedMessage(String text) throws Exception {
        byte[] xml = XmlAnswer.error(AwsService.RDS, AwsError.invalid(text), "id-1");
        Document document =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        return document.getElementsByTagName("Message").item(0).getTextContent();
    }

    private static String text(byte[] xml) {
        return new String(xml, UTF_8);
    }
}
