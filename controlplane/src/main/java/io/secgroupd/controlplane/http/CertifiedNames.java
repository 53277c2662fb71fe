package io.secgroupd.controlplane.http;

import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The names of a client that somebody has vouched for whom this server believes. */
final class CertifiedNames {

    /** The type of a DNS name among alternative names, by RFC 5280 §4.2.1.6. */
    private static final Integer DNS = 2;

    private CertifiedNames() {}

    /** The DNS names in the client's certificate, in lower case; none when it has shown none. */
    static Set<String> of(@Nullable SslHandler tls) {
        try {
            Certificate[] chain =
                    tls == null ? new Certificate[0] : tls.engine().getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate own ? names(own) : Set.of();
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            return Set.of();
        }
    }

    private static Set<String> names(X509Certificate certificate) throws CertificateParsingException {
        var names = new TreeSet<String>();
        Optional<Collection<List<?>>> alternatives = Optional.ofNullable(certificate.getSubjectAlternativeNames());
        for (List<?> each : alternatives.orElse(List.of())) {
            if (DNS.equals(each.get(0)) && each.get(1) instanceof String name) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
