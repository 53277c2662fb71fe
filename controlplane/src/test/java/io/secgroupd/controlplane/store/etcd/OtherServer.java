package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.store.PutResult.Stored;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Adds lines to a policy until it is killed, as a second control server would, and prints each that is acknowledged. */
final class OtherServer {

    private OtherServer() {}

    /** Arguments: the endpoint, the prefix, the beginning of the lines. */
    public static void main(String[] arguments) throws IOException {
        var settings = new EtcdSettings(
                List.of(URI.create(arguments[0])), arguments[1], Optional.empty(), Optional.empty(), Optional.empty());
        try (EtcdStore store = EtcdStore.open(settings)) {
            for (int i = 0; ; i++) {
                String line = arguments[2] + i;
                if (Lines.add(store, store.current(), line) instanceof Stored) {
                    System.out.println("# " + line);
                }
            }
        }
    }
}
