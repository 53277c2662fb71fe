package io.secgroupd.controlplane.aws.sigv4;

import io.secgroupd.controlplane.aws.AwsRefusal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Authorization}, parsed.
 *
 * @param signedHeaders lower-case names, each once, in the order given: the client's order counts
 * @param signature     64 lower-case hex digits
 */
record Authorization(String keyId, CredentialScope scope, List<String> signedHeaders, String signature) {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /** Clients send some 300 bytes. The bound keeps a header of thousands of names from being looked at. */
    private static final int MAX_LENGTH = 4096;

    private static final int MAX_SIGNED_HEADERS = 64;
    private static final Set<String> PARTS = Set.of("Credential", "SignedHeaders", "Signature");
    private static final Pattern CREDENTIAL =
            Pattern.compile("([A-Za-z0-9_-]{1,128})/([0-9]{8})/([A-Za-z0-9-]{1,64})/([a-z0-9-]{1,64})/aws4_request");
    private static final Pattern HEADER_NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

    /** Reads a header. The parts may stand in any order, with or without blanks between them. */
    static Authorization parse(String header) {
        if (header.length() > MAX_LENGTH || !header.startsWith(ALGORITHM + " ")) {
            throw malformed("Authorization header requires the algorithm " + ALGORITHM + ".");
        }
        Map<String, String> parts = parts(header.substring(ALGORITHM.length() + 1));
        for (String part : List.of("Credential", "Signature", "SignedHeaders")) {
            if (!parts.containsKey(part)) {
                throw malformed("Authorization header requires '" + part + "' parameter.");
            }
        }
        Matcher credential = CREDENTIAL.matcher(parts.getOrDefault("Credential", ""));
        if (!credential.matches()) {
            throw malformed("Credential must be KEY/yyyymmdd/region/service/aws4_request.");
        }
        String signature = parts.getOrDefault("Signature", "");
        if (!SIGNATURE.matcher(signature).matches()) {
            throw malformed("Signature must be 64 lower-case hex digits.");
        }
        return new Authorization(
                credential.group(1),
                new CredentialScope(credential.group(2), credential.group(3), credential.group(4)),
                names(parts.getOrDefault("SignedHeaders", "")),
                signature);
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            String[] nameAndValue = part.split("=", 2);
            String name = nameAndValue[0].strip();
            if (nameAndValue.length < 2 || !PARTS.contains(name)) {
                throw malformed("Authorization header has a part that is not known.");
            }
            if (parts.put(name, nameAndValue[1].strip()) != null) {
                throw malformed("Authorization header has '" + name + "' twice.");
            }
        }
        return parts;
    }

    private static List<String> names(String text) {
        List<String> names = List.of(text.split(";", -1));
        if (names.size() > MAX_SIGNED_HEADERS
                || new HashSet<>(names).size() != names.size()
                || !names.stream().allMatch(name -> HEADER_NAME.matcher(name).matches())) {
            throw malformed("SignedHeaders must be lower-case names of headers, each once, with semicolons between.");
        }
        return names;
    }

    private static AwsRefusal malformed(String message) {
        return new AwsRefusal(SignatureRefusals.malformed(message));
    }
}
