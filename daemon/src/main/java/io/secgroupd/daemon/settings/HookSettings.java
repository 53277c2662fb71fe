package io.secgroupd.daemon.settings;

import io.secgroupd.daemon.terms.Backend;
import io.secgroupd.daemon.terms.JudgedHooks;

/** Where packets are taken out of the kernel, and by which tool. */
public record HookSettings(Backend backend, JudgedHooks judged) {

    public static final HookSettings DEFAULT = new HookSettings(Backend.AUTO, JudgedHooks.HOST);
}
