package io.secgroupd.controlplane.aws;

/**
 * An error as AWS writes it. Clients decide by the code and by the status, and people read the text.
 *
 * @param code    AWS's word for it, such as {@code InvalidParameterValue}
 * @param status  the HTTP status; never 5xx for a refusal that stays one, because clients repeat those
 * @param message one or more sentences; it may repeat what the client sent, and never holds a secret
 */
public record AwsError(String code, int status, String message) {

    /** Most errors: HTTP status 400. */
    public static AwsError of(String code, String message) {
        return new AwsError(code, 400, message);
    }

    /** {@code InvalidParameterValue} with this text. */
    public static AwsError invalid(String message) {
        return of("InvalidParameterValue", message);
    }

    /** {@code MalformedQueryString}: the body is no form of parameters that fit together. */
    public static AwsError malformedQuery(String detail) {
        return of("MalformedQueryString", "The query string contains a syntax error: " + detail);
    }
}
