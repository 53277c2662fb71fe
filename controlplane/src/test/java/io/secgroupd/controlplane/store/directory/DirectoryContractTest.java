package io.secgroupd.controlplane.store.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PolicyStoreContract;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryContractTest extends PolicyStoreContract {

    @TempDir
    private Path directory;

    @Override
    protected void keepFirst(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.createDirectories(path(file.getKey()).resolveSibling("."));
            Files.writeString(path(file.getKey()), file.getValue());
        }
    }

    @Override
    protected PolicyStore openStore() {
        return new DirectoryStore(path("rules.yaml"), directory.resolve("state"), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Override
    protected Path path(String name) {
        return directory.resolve("etc").resolve(name);
    }

    @Test
    void filesAreNeitherAddedNorRemoved() throws IOException {
        try (PolicyStore store = openStore()) {
            Revision base = store.current();
            PolicyFiles more = base.files().with(Map.of(path("more.yaml"), bytes(EMPTY)));
            PolicyFiles fewer = new PolicyFiles(path("rules.yaml"), Map.of(path("rules.yaml"), bytes(EMPTY)));

            assertThatThrownBy(() -> store.replace(base, more, PolicyReader.read(more), ORIGIN))
                    .hasMessageContaining(path("more.yaml") + " is not a file of the policy");
            assertThatThrownBy(() -> store.replace(base, fewer, PolicyReader.read(fewer), ORIGIN))
                    .hasMessageContaining(path("list.txt") + " is missing");
            assertThat(store.current().serial()).isEqualTo(1);
        }
    }

    /** An operator publishes a folder of files that lies elsewhere. */
    @Test
    void filesWithTheNamesThatTheyHaveElsewhereTakeTheirPlaces() throws IOException {
        try (PolicyStore store = openStore()) {
            Revision base = store.current();
            Path elsewhere = Files.createDirectories(directory.resolve("home"));
            for (Map.Entry<Path, byte[]> file : base.files().contents().entrySet()) {
                Path copy = elsewhere.resolve(path(".").normalize().relativize(file.getKey()));
                Files.createDirectories(copy.resolveSibling("."));
                Files.write(copy, file.getValue());
            }
            String changed = Files.readString(elsewhere.resolve("rules.yaml")) + "# changed\n";
            Files.writeString(elsewhere.resolve("rules.yaml"), changed);
            PolicyOnDisk theirs = PolicyOnDisk.read(elsewhere.resolve("rules.yaml"));

            assertThat(store.replace(base, theirs.files(), theirs.read(), ORIGIN))
                    .isInstanceOf(Stored.class);

            assertThat(path("rules.yaml")).hasContent(changed);
            assertThat(store.current().hash()).isEqualTo(theirs.read().hash());
        }
    }
}
