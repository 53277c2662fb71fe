package io.secgroupd.daemon.units;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import java.nio.ByteBuffer;

/** Flows for tests. */
final class UnitFlows {

    private UnitFlows() {}

    static PacketView view(byte[] packet) {
        var view = new PacketView();
        assertThat(PacketDecoder.decode(ByteBuffer.wrap(packet), 0, packet.length, view))
                .isEqualTo(DecodeStatus.OK);
        return view;
    }
}
