package io.secgroupd.controlplane.aws.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.AwsService;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Verifies AWS Signature Version 4. It keeps no memory of requests: within the skew a request can be sent again. */
public final class SignatureVerifier {

    /** How far the clock of a client may be off, either way. AWS grants STS as much. */
    public static final Duration MAX_SKEW = Duration.ofMinutes(15);

    /** The work for a key that is not known is done with this, so that the time of the answer does not tell. */
    private static final AccessKey NOBODY =
            new AccessKey("-", "no secret at all, forty characters long.", "", Right.READ);

    private final AccessKeys keys;
    private final Clock clock;

    /** Knows these keys, and the time by this clock. */
    public SignatureVerifier(AccessKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Tells who signed the request for this service. It never throws, whatever was received. */
    public Identity verify(SignedRequest request, AwsService service) {
        try {
            return caller(request, service);
        } catch (AwsRefusal refusal) {
            return new Identity.Refused(refusal.error());
        }
    }

    private Identity caller(SignedRequest request, AwsService service) {
        Authorization authorization = authorization(request);
        RequestTime time = RequestTime.of(request);
        checkScope(authorization, time, service);
        String canonical = CanonicalRequest.of(request, authorization.signedHeaders())
                .orElseThrow(() -> new AwsRefusal(SignatureRefusals.mismatch(service)));
        String stringToSign = String.join(
                "\n",
                Authorization.ALGORITHM,
                RequestTime.basic(time.instant()),
                authorization.scope().toString(),
                Digests.sha256(canonical.getBytes(ISO_8859_1)));
        Optional<AccessKey> known = keys.find(authorization.keyId());
        AccessKey key = known.orElse(NOBODY);
        boolean same = MessageDigest.isEqual(
                Digests.signature(key.secret(), authorization.scope(), stringToSign)
                        .getBytes(US_ASCII),
                authorization.signature().getBytes(US_ASCII));
        if (known.isEmpty()) {
            throw new AwsRefusal(SignatureRefusals.unknownKey(service));
        }
        if (!same) {
            throw new AwsRefusal(SignatureRefusals.mismatch(service));
        }
        checkAge(time.instant(), service);
        return new Identity.Caller(key.id(), key.name(), key.right());
    }

    private static Authorization authorization(SignedRequest request) {
        if (!request.isPlain()) {
            throw new AwsRefusal(SignatureRefusals.malformed("The request has characters that are none of HTTP."));
        }
        List<String> headers = request.values("authorization");
        // A signature in the query is good for whoever gets hold of the address, so only the header counts.
        if (headers.isEmpty() || request.query().toLowerCase(Locale.ROOT).contains("x-amz-signature")) {
            throw new AwsRefusal(SignatureRefusals.missing());
        }
        if (headers.size() > 1) {
            throw new AwsRefusal(SignatureRefusals.malformed("There is more than one Authorization header."));
        }
        Authorization authorization = Authorization.parse(headers.get(0));
        if (!request.values("x-amz-security-token").isEmpty()) {
            throw new AwsRefusal(SignatureRefusals.sessionToken());
        }
        return authorization;
    }

    private static void checkScope(Authorization authorization, RequestTime time, AwsService service) {
        List<String> signed = authorization.signedHeaders();
        if (!signed.contains("host") || !signed.contains(time.header())) {
            throw new AwsRefusal(SignatureRefusals.mismatch(
                    service, "'Host' and '" + time.header() + "' must be a 'SignedHeader' in the AWS Authorization."));
        }
        CredentialScope scope = authorization.scope();
        if (!scope.service().equals(service.scope())) {
            throw new AwsRefusal(SignatureRefusals.mismatch(
                    service, "Credential should be scoped to correct service: '" + service.scope() + "'."));
        }
        String at = RequestTime.basic(time.instant());
        if (!at.startsWith(scope.date())) {
            throw new AwsRefusal(SignatureRefusals.mismatch(
                    service,
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                            + scope.date() + "' != '" + at.substring(0, 8) + "', from '" + at + "'."));
        }
    }

    private void checkAge(Instant made, AwsService service) {
        Instant now = clock.instant();
        if (made.isBefore(now.minus(MAX_SKEW))) {
            throw new AwsRefusal(SignatureRefusals.expired(service, made, now, MAX_SKEW));
        }
        if (made.isAfter(now.plus(MAX_SKEW))) {
            throw new AwsRefusal(SignatureRefusals.notYet(service, made, now, MAX_SKEW));
        }
    }
}
