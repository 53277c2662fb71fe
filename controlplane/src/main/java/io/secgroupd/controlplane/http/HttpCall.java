package io.secgroupd.controlplane.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A request as it was received: nothing of it is decoded, put in order or left out, because a signature may cover it. */
public final class HttpCall {

    private final HttpTarget target;
    private final List<HttpField> fields;
    private final byte[] body;
    private final InetSocketAddress client;
    private final InetSocketAddress here;
    private final Set<String> certified;

    HttpCall(
            HttpTarget target,
            List<HttpField> fields,
            byte[] body,
            InetSocketAddress client,
            InetSocketAddress here,
            Set<String> certified) {
        this.target = target;
        this.fields = List.copyOf(fields);
        this.body = body;
        this.client = client;
        this.here = here;
        this.certified = Set.copyOf(certified);
    }

    /** The method, in capitals as a rule. */
    public String method() {
        return target.method();
    }

    /** What stands before the first question mark of the target; begins with a slash. */
    public String path() {
        return target.path();
    }

    /** What stands behind the first question mark; empty when there is none. */
    public String query() {
        return target.query();
    }

    /** The header lines in the order received, repeated ones repeated. */
    public List<HttpField> fields() {
        return fields;
    }

    /** The values of a header, whatever the case of its name, in the order received. */
    public List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HttpField::value)
                .toList();
    }

    /** The bytes of the body, freed of their chunks; empty when there is none. */
    public byte[] body() {
        return body.clone();
    }

    /** Where the client is. */
    public InetSocketAddress client() {
        return client;
    }

    /** The address of this server that the client has reached. */
    public InetSocketAddress here() {
        return here;
    }

    /**
     * The client's connection as {@code SOURCE,DESTINATION,PORT}, which the guard of the daemon keeps open. Empty on loopback, which is
     * judged by nobody.
     */
    public Optional<String> connection() {
        return client.getAddress().isLoopbackAddress()
                ? Optional.empty()
                : Optional.of(client.getAddress().getHostAddress() + ","
                        + here.getAddress().getHostAddress() + "," + here.getPort());
    }

    /** The DNS names in the client's certificate, in lower case, when this server believes who has issued it. */
    public Set<String> certified() {
        return certified;
    }

    /** Method, path and client: the query and the header lines may hold what no log should show. */
    @Override
    public String toString() {
        return target.method() + " " + target.path() + " from " + client;
    }
}
