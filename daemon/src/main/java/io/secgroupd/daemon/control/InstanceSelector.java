package io.secgroupd.daemon.control;

import io.secgroupd.rules.model.Policy;
import java.util.function.Supplier;

/** Chooses the instances that this host is, by its current addresses, and remembers them. */
public final class InstanceSelector {

    private final CarrySettings carry;
    private final Supplier<InterfaceAddresses> addresses;
    private final CarryMemory memory;

    /** @param addresses asked at every choice */
    public InstanceSelector(CarrySettings carry, Supplier<InterfaceAddresses> addresses, CarryMemory memory) {
        this.carry = carry;
        this.addresses = addresses;
        this.memory = memory;
    }

    /**
     * Chooses the instances that this host is under a policy.
     *
     * @throws NotCarriedException when this host is no instance of it
     */
    public CarrySettings.CarriedInstances select(Policy policy) throws NotCarriedException {
        return carry.select(policy, addresses.get(), memory.remembered());
    }

    /** Remembers the choice that is in force from now on. */
    void inForce(CarrySettings.CarriedInstances carried) {
        memory.remember(Remembered.of(carried));
    }
}
