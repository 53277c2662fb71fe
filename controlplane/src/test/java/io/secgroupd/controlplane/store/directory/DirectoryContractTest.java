package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PolicyStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
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
}
