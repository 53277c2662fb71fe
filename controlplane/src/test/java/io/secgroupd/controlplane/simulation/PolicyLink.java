package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.RecordStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.ReadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The store as one control server reaches it. */
final class PolicyLink implements PolicyStore {

    private final SharedPolicy shared;
    private final RecordLink records;
    private final Line line;

    PolicyLink(SharedPolicy shared, RecordLink records, Line line) {
        this.shared = shared;
        this.records = records;
        this.line = line;
    }

    @Override
    public Revision current() throws IOException {
        line.read();
        return shared.newest();
    }

    @Override
    public PutResult put(Revision base, Map<Path, byte[]> changed, ReadResult read, Origin origin) throws IOException {
        return replace(base, base.files().with(changed), read, origin);
    }

    @Override
    public PutResult replace(Revision base, PolicyFiles files, ReadResult read, Origin origin) throws IOException {
        line.require();
        Revision newest = shared.newest();
        if (newest.serial() != base.serial()) {
            return new PutResult.Superseded(newest);
        }
        Revision made = newest.hash().equals(read.hash()) ? newest : shared.add(files, read, origin);
        line.answer();
        return new PutResult.Stored(made);
    }

    @Override
    public Optional<PolicyFiles> files(long serial) throws IOException {
        line.read();
        return shared.revision(serial).map(Revision::files);
    }

    @Override
    public RecordStore records() {
        return records;
    }

    @Override
    public List<HistoryEntry> history(int most) {
        throw new UnsupportedOperationException("nobody looks back in a simulation");
    }

    @Override
    public Optional<Revision> newestSound() {
        throw new UnsupportedOperationException("nobody looks back in a simulation");
    }

    @Override
    public AutoCloseable watch(Consumer<Revision> listener) {
        throw new UnsupportedOperationException("a simulated control server looks by itself");
    }

    @Override
    public void close() {}
}
