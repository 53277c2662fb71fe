package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.operation.AwsAccount;
import io.secgroupd.controlplane.aws.operation.PolicyState;
import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.rules.net.Family;

/** Writes prefix lists. Every change is complete by the time that anyone reads of it. */
final class PrefixListXml {

    private final AwsAccount account;
    private final PolicyState state;

    PrefixListXml(AwsAccount account, PolicyState state) {
        this.account = account;
        this.state = state;
    }

    /** Writes the list with what was done to it last: clients wait for the word that belongs to their own call. */
    void write(Xml xml, ShownList list) {
        write(xml, list, state.versions().isModified(list.id()) ? "modify-complete" : "create-complete");
    }

    void write(Xml xml, ShownList list, String done) {
        xml.text("prefixListId", list.id());
        xml.text("addressFamily", family(list.family().orElse(Family.IPV4)));
        xml.text("state", done);
        xml.text("prefixListArn", account.arn("ec2", "prefix-list/" + list.id()));
        xml.text("prefixListName", list.name());
        xml.number("maxEntries", list.maxEntries());
        xml.number("version", state.versions().of(list.id()));
        TagsXml.write(xml, list.tags());
        xml.text("ownerId", account.id());
    }

    /** AWS's word for a family. */
    static String family(Family family) {
        return family == Family.IPV6 ? "IPv6" : "IPv4";
    }
}
