package io.secgroupd.daemon.capture;

/**
 * What libpcap says of a capture, in packets since it was opened.
 *
 * @param received          passed the filter
 * @param dropped           found the buffer full (ps_drop)
 * @param droppedByInterface lost by the interface or its driver (ps_ifdrop); 0 where libpcap cannot know it
 */
public record CaptureLoss(long received, long dropped, long droppedByInterface) {

    static final CaptureLoss NONE = new CaptureLoss(0, 0, 0);
}
