package io.secgroupd.daemon.capture;

/**
 * The counts that libpcap reports for a capture, in packets since it was opened.
 *
 * @param received the packets that passed the filter
 * @param dropped the packets that found the buffer full (ps_drop)
 * @param droppedByInterface the packets that the interface or its driver lost (ps_ifdrop); 0 where libpcap cannot know it
 */
public record CaptureLoss(long received, long dropped, long droppedByInterface) {

    static final CaptureLoss NONE = new CaptureLoss(0, 0, 0);
}
