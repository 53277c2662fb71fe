package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.keys.Safety;
import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The file with the token of this host. It is read for each request: it is short, and a new one needs no restart. */
final class TokenFile {

    private static final long MAX_BYTES = 4 << 10;

    private TokenFile() {}

    /** @throws IOException with a sentence: there is none, others can read it, or it is that of another host */
    static HostToken read(PullSettings settings) throws IOException {
        Path file = settings.tokenFile();
        try {
            Optional<String> fault = Safety.fault(file);
            if (fault.isPresent()) {
                throw new IOException(fault.get());
            }
        } catch (IOException e) {
            throw new IOException("The token in " + file + " is not used: " + e.getMessage() + ".", e);
        }
        return HostToken.parse(text(file).strip())
                .filter(token -> token.host().equals(settings.host()))
                .orElseThrow(() -> new IOException(
                        file + " holds no token of the host " + settings.host() + "; let fleet enrol make one."));
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = FileInput.open(file, MAX_BYTES)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IOException(file + ": " + FileInput.message(e) + ".", e);
        }
    }
}
