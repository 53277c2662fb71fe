package io.secgroupd.daemon.cli;

import com.sun.jna.NativeLibrary;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, by which a daemon is customarily asked to read its files again, and by which a JVM ends.
 *
 * <p>The launcher has it ignored from its first line on, so that none ends what is still coming up. An ignored one a JVM leaves
 * ignored, so it gets a handler that does nothing first: with the default action in between, one could still kill. The
 * class that hands signals out is called by its name, as the compiler warns of it in a way that cannot be turned off.
 */
final class HangUp {

    private static final int NUMBER = 1;

    private HangUp() {}

    /** Has this run at each one from now on, on a thread of its own. */
    static void handle(Runnable asked) {
        NativeLibrary libc = NativeLibrary.getInstance("c");
        libc.getFunction("signal").invokePointer(new Object[] {NUMBER, libc.getFunction("abs")});
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object running =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, of) -> {
                        asked.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), running);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("this Java hands out no signals: " + e, e);
        }
    }
}
