package io.secgroupd.controlplane.edit.intent;

import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.SecurityGroup;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What groups and lists have for people. */
record Label(String name, String description, Map<String, String> tags) {

    static SecurityGroup on(SecurityGroup group, UnaryOperator<Label> change) {
        Label label = change.apply(new Label(group.name(), group.description(), group.tags()));
        return new SecurityGroup(
                group.id(),
                label.name(),
                label.description(),
                label.tags(),
                group.inbound(),
                group.outbound(),
                group.at());
    }

    static PrefixList on(PrefixList list, UnaryOperator<Label> change) {
        Label label = change.apply(new Label(list.name(), list.description(), list.tags()));
        return new PrefixList(
                list.id(),
                label.name(),
                label.description(),
                label.tags(),
                list.maxEntries(),
                list.entries(),
                list.except(),
                list.written(),
                list.allowEmpty(),
                list.at());
    }
}
