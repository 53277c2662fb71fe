package io.secgroupd.daemon.netlink;

/** The error numbers of Linux in netlink's answers that this program tells apart. */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EBUSY = 16;
    public static final int EINVAL = 22;
    public static final int EPROTONOSUPPORT = 93;
    public static final int EOPNOTSUPP = 95;
    public static final int EADDRINUSE = 98;
    public static final int ENOBUFS = 105;

    private Errno() {}

    /** Reports whether the kernel had no room for a request, and may have some later. */
    static boolean isLackOfRoom(int number) {
        return number == ENOBUFS || number == ENOMEM;
    }

    /** Returns the name that manual pages use, or {@code errno 71} for a number without a name here. */
    public static String name(int number) {
        return switch (number) {
            case EPERM -> "EPERM";
            case ENOENT -> "ENOENT";
            case EINTR -> "EINTR";
            case EAGAIN -> "EAGAIN";
            case ENOMEM -> "ENOMEM";
            case EBUSY -> "EBUSY";
            case EINVAL -> "EINVAL";
            case EPROTONOSUPPORT -> "EPROTONOSUPPORT";
            case EOPNOTSUPP -> "EOPNOTSUPP";
            case EADDRINUSE -> "EADDRINUSE";
            case ENOBUFS -> "ENOBUFS";
            default -> "errno " + number;
        };
    }
}
