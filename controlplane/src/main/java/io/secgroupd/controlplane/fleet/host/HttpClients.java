package io.secgroupd.controlplane.fleet.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes clients for HTTP. Each has connections of its own. */
final class HttpClients {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Between two questions a connection rests for moments; one that rests for a minute is not needed any more. */
    private static final String IDLE_SECONDS = "60";

    private static final String IDLE = "jdk.httpclient.keepalive.timeout";

    private final Optional<SSLContext> tls;

    /**
     * Prepares clients.
     *
     * @param ca  certificates in PEM that servers must be issued by, instead of those that Java trusts
     * @param own what this host shows to them
     * @throws IOException with a sentence when they cannot be read
     */
    HttpClients(Optional<Path> ca, Optional<ClientCertificate> own) throws IOException {
        if (System.getProperty(IDLE) == null) {
            System.setProperty(IDLE, IDLE_SECONDS); // Java 17 would keep connections for 20 minutes
        }
        this.tls = ca.isPresent() || own.isPresent() ? Optional.of(context(ca, own)) : Optional.empty();
    }

    private static SSLContext context(Optional<Path> ca, Optional<ClientCertificate> own) throws IOException {
        KeyManager[] shown = own.isPresent() ? own.get().managers() : new KeyManager[0];
        TrustManager[] trust = trusting(ca);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static TrustManager[] trusting(Optional<Path> ca) throws IOException {
        try {
            Optional<KeyStore> store = ca.isPresent() ? Optional.of(authorities(ca.get())) : Optional.empty();
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store.orElse(null)); // without one, those that Java trusts
            return trust.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException("No authority of certificates can be trusted: " + e.getMessage() + ".", e);
        }
    }

    private static KeyStore authorities(Path ca) throws IOException {
        try (InputStream in = Files.newInputStream(ca)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + count++, each);
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(ca + " has no certificates that can be used: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new IOException(ca + " cannot be read: " + e + ".", e);
        }
    }

    /** A client without any connection yet. It needs one thread while something goes over the wire, and none at rest. */
    HttpClient fresh() {
        var executor = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            var thread = new Thread(work, "pull-http");
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(executor);
        tls.ifPresent(client::sslContext);
        return client.build();
    }
}
