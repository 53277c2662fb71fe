package io.secgroupd.controlplane.http;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the server's side of TLS from files. */
final class TlsContext {

    private TlsContext() {}

    private static String files(Tls tls) {
        return tls.certificate() + ", " + tls.key()
                + tls.clientCa().map(ca -> ", " + ca).orElse("");
    }

    /** @throws IOException with a sentence for the operator */
    static SslContext of(Tls tls) throws IOException {
        try (InputStream certificate = Files.newInputStream(tls.certificate());
                InputStream key = Files.newInputStream(tls.key())) {
            SslContextBuilder context = SslContextBuilder.forServer(certificate, key)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2");
            tls.clientCa()
                    .map(Path::toFile)
                    .ifPresent(ca -> context.trustManager(ca).clientAuth(ClientAuth.OPTIONAL));
            return context.build();
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "TLS cannot be set up from " + files(tls) + ": " + e.getMessage()
                            + ". Write both as PEM, the key as PKCS #8 without a password"
                            + " (openssl pkcs8 -topk8 -nocrypt makes that of an older form).",
                    e);
        } catch (IOException e) {
            throw new IOException("A file of TLS cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
