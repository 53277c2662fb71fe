package io.secgroupd.controlplane.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import java.util.ArrayList;
import java.util.List;

/** Several writes that are made together, or not at all. */
final class Change {

    private final List<Cmp> conditions = new ArrayList<>();
    private final List<Op> writes = new ArrayList<>();

    /** Only if a key was written last in this revision of etcd; 0 for one that does not exist. */
    Change onlyIf(String key, long modified) {
        conditions.add(new Cmp(EtcdClients.bytes(key), Cmp.Op.EQUAL, CmpTarget.modRevision(modified)));
        return this;
    }

    Change put(String key, byte[] value) {
        writes.add(Op.put(EtcdClients.bytes(key), ByteSequence.from(value), PutOption.DEFAULT));
        return this;
    }

    Change delete(String key) {
        writes.add(Op.delete(EtcdClients.bytes(key), DeleteOption.DEFAULT));
        return this;
    }

    Cmp[] conditions() {
        return conditions.toArray(Cmp[]::new);
    }

    Op[] writes() {
        return writes.toArray(Op[]::new);
    }
}
