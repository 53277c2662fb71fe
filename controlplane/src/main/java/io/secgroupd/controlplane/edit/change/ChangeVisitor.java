package io.secgroupd.controlplane.edit.change;

/** Something that is done differently for each kind of change. */
public interface ChangeVisitor {

    /** Visits a change. */
    void visit(IntendedChange.AddGroup change);

    /** Visits a change. */
    void visit(IntendedChange.RemoveGroup change);

    /** Visits a change. */
    void visit(IntendedChange.AddRules change);

    /** Visits a change. */
    void visit(IntendedChange.RemoveRule change);

    /** Visits a change. */
    void visit(IntendedChange.ReplaceRule change);

    /** Visits a change. */
    void visit(IntendedChange.SetName change);

    /** Visits a change. */
    void visit(IntendedChange.SetDescription change);

    /** Visits a change. */
    void visit(IntendedChange.SetTags change);

    /** Visits a change. */
    void visit(IntendedChange.AddList change);

    /** Visits a change. */
    void visit(IntendedChange.RemoveList change);

    /** Visits a change. */
    void visit(IntendedChange.AddEntries change);

    /** Visits a change. */
    void visit(IntendedChange.RemoveEntries change);

    /** Visits a change. */
    void visit(IntendedChange.SetMaxEntries change);

    /** Visits a change. */
    void visit(IntendedChange.SetInstanceGroups change);

    /** Visits a change. */
    void visit(IntendedChange.SetClusterGroups change);

    /** Visits a change. */
    void visit(IntendedChange.SetClusterPort change);

    /** Visits a change. */
    void visit(IntendedChange.AddCluster change);

    /** Visits a change. */
    void visit(IntendedChange.RemoveCluster change);

    /** Visits a change. */
    void visit(IntendedChange.AddInstance change);

    /** Visits a change. */
    void visit(IntendedChange.RemoveInstance change);

    /** Visits a change. */
    void visit(IntendedChange.SetAddresses change);

    /** Visits a change. */
    void visit(IntendedChange.SetClusterInstances change);
}
