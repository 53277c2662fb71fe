package io.secgroupd.controlplane.edit.change;

/** Something that is done differently for each kind of change. */
public interface ChangeVisitor {

    /** Visits a change. */
    void visit(Change.AddGroup change);

    /** Visits a change. */
    void visit(Change.RemoveGroup change);

    /** Visits a change. */
    void visit(Change.AddRules change);

    /** Visits a change. */
    void visit(Change.RemoveRule change);

    /** Visits a change. */
    void visit(Change.ReplaceRule change);

    /** Visits a change. */
    void visit(Change.SetName change);

    /** Visits a change. */
    void visit(Change.SetDescription change);

    /** Visits a change. */
    void visit(Change.SetTags change);

    /** Visits a change. */
    void visit(Change.AddList change);

    /** Visits a change. */
    void visit(Change.RemoveList change);

    /** Visits a change. */
    void visit(Change.AddEntries change);

    /** Visits a change. */
    void visit(Change.RemoveEntries change);

    /** Visits a change. */
    void visit(Change.SetMaxEntries change);

    /** Visits a change. */
    void visit(Change.SetInstanceGroups change);

    /** Visits a change. */
    void visit(Change.SetClusterGroups change);

    /** Visits a change. */
    void visit(Change.SetClusterPort change);

    /** Visits a change. */
    void visit(Change.AddCluster change);

    /** Visits a change. */
    void visit(Change.RemoveCluster change);
}
