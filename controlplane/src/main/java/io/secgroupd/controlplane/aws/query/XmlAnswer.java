package io.secgroupd.controlplane.aws.query;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsService;
import java.util.Optional;
import java.util.function.Consumer;

/** The bodies of answers, as XML in UTF-8. EC2 has forms of its own; RDS and STS share theirs. */
public final class XmlAnswer {

    /** The value of {@code Content-Type}. */
    public static final String CONTENT_TYPE = "text/xml;charset=UTF-8";

    private XmlAnswer() {}

    /**
     * The answer to an operation that was done.
     *
     * @param action  the operation, which must be a name that this program knows
     * @param content writes what the operation gives back, which may be nothing
     */
    public static byte[] success(AwsService service, String action, String requestId, Consumer<Xml> content) {
        return Xml.document(action + "Response", Optional.of(service.namespace()), xml -> {
            if (service == AwsService.EC2) {
                xml.text("requestId", requestId);
                content.accept(xml);
            } else {
                // The element of the result stands there even when it is empty: without it, clients crash.
                xml.element(action + "Result", content);
                metadata(xml, requestId);
            }
        });
    }

    /** The answer to an operation of RDS that gives back nothing, not even an empty result. */
    public static byte[] done(AwsService service, String action, String requestId) {
        return Xml.document(action + "Response", Optional.of(service.namespace()), xml -> metadata(xml, requestId));
    }

    /** The answer to a request that is refused. */
    public static byte[] error(AwsService service, AwsError error, String requestId) {
        if (service == AwsService.EC2) {
            return Xml.document("Response", Optional.empty(), xml -> {
                xml.element("Errors", errors -> errors.element("Error", one -> codeAndMessage(one, error)));
                xml.text("RequestID", requestId);
            });
        }
        return Xml.document("ErrorResponse", Optional.of(service.namespace()), xml -> {
            xml.element("Error", one -> {
                one.text("Type", error.status() < 500 ? "Sender" : "Receiver");
                codeAndMessage(one, error);
            });
            xml.text("RequestId", requestId);
        });
    }

    private static void codeAndMessage(Xml xml, AwsError error) {
        xml.text("Code", error.code());
        xml.text("Message", error.message());
    }

    private static void metadata(Xml xml, String requestId) {
        xml.element("ResponseMetadata", inner -> inner.text("RequestId", requestId));
    }
}
