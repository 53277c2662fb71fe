package io.secgroupd.controlplane.aws.sigv4;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A request in the one spelling over which its signature is made. */
final class CanonicalRequest {

    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    /** Two values of these could make the signature speak of one and the server of the other. */
    private static final Set<String> ONLY_ONCE = Set.of("host", "x-amz-date", "date", "x-amz-content-sha256");

    private CanonicalRequest() {}

    /**
     * The canonical request; each character stands for one byte.
     *
     * @return nothing when no signature can be right: a header that is signed is not there or is there twice, or the
     *     body is not the one that {@code X-Amz-Content-Sha256} names. {@code UNSIGNED-PAYLOAD} names none, and these
     *     services do not have it.
     */
    static Optional<String> of(SignedRequest request, List<String> signedHeaders) {
        String bodyHash = request.bodyHash();
        boolean sound = signedHeaders.stream()
                        .noneMatch(name -> request.values(name).isEmpty())
                && ONLY_ONCE.stream().allMatch(name -> request.values(name).size() <= 1)
                && request.values("x-amz-content-sha256").stream()
                        .allMatch(hash -> hash.strip().equals(bodyHash));
        if (!sound) {
            return Optional.empty();
        }
        return Optional.of(String.join(
                "\n",
                request.method(),
                UriText.path(request.path()),
                UriText.query(request.query()),
                signedHeaders.stream().map(name -> line(request, name)).collect(Collectors.joining()),
                String.join(";", signedHeaders),
                bodyHash));
    }

    private static String line(SignedRequest request, String name) {
        return request.values(name).stream()
                .map(value -> BLANKS.matcher(value).replaceAll(" ").strip())
                .collect(Collectors.joining(",", name + ":", "\n"));
    }
}
