package io.secgroupd.controlplane.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes clients of jetcd. They connect when they are used first. */
final class EtcdClients {

    /** gRPC tells what it finds in the host's libraries; kept here, since the log would forget the level of one that is not. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private static final Duration CONNECT = Duration.ofMillis(1500);

    /** A member that hangs is left after both. etcd refuses clients that ask more often than every 5 s. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(10);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    /** A page of the history, or a piece, with room to spare. */
    private static final int MOST_BYTES_OF_ANSWER = 16 << 20;

    /** A second attempt is for a login that has expired; all else is tried again by who knows what was asked. */
    private static final int MOST_ATTEMPTS = 2;

    private EtcdClients() {}

    /** @throws IOException with a sentence for the operator, when a file cannot be used */
    static Client make(EtcdSettings settings) throws IOException {
        GRPC.setLevel(Level.SEVERE);
        ClientBuilder builder = Client.builder()
                .endpoints(settings.endpoints())
                .namespace(bytes(settings.prefix()))
                .loadBalancerPolicy("round_robin")
                .waitForReady(false)
                .connectTimeout(CONNECT)
                .keepaliveTime(ASK_EVERY)
                .keepaliveTimeout(ANSWER_WITHIN)
                .maxInboundMessageSize(MOST_BYTES_OF_ANSWER)
                .retryMaxAttempts(MOST_ATTEMPTS)
                .retryDelay(50)
                .retryMaxDelay(100)
                .interceptor(new CallDeadline());
        if (settings.isTls()) {
            tls(settings, builder);
        }
        if (settings.login().isPresent()) {
            EtcdSettings.Login login = settings.login().get();
            builder.user(bytes(login.user())).password(bytes(password(login.passwordFile())));
        }
        return builder.build();
    }

    private static void tls(EtcdSettings settings, ClientBuilder builder) throws IOException {
        try {
            builder.sslContext((Consumer<SslContextBuilder>) context -> {
                settings.ca().ifPresent(ca -> context.trustManager(ca.toFile()));
                settings.certificate()
                        .ifPresent(own -> context.keyManager(
                                own.certificate().toFile(), own.key().toFile()));
            });
        } catch (IllegalArgumentException e) {
            throw new IOException("The certificates for etcd cannot be used: " + message(e) + ".", e);
        }
    }

    private static String message(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ": " + cause.getMessage();
    }

    private static String password(Path file) throws IOException {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new IOException("The password for etcd cannot be read: " + e + ".", e);
        }
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
