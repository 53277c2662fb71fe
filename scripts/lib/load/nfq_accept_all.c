// nfq_accept_all: the yardstick. It answers every packet of a queue through libnetfilter_queue as the examples of that
// library do, without looking at it: accept, or after SIGUSR2 drop, and so on in turns.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <libnetfilter_queue/libnetfilter_queue.h>
#include <linux/netfilter.h>
#include <linux/netlink.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { COPY_BYTES = 512, QUEUE_LENGTH = 16384, RECEIVE_BUFFER = 8 << 20 };

static volatile sig_atomic_t verdict = NF_ACCEPT;

static void turn(int signal) {
    (void)signal;
    verdict = verdict == NF_ACCEPT ? NF_DROP : NF_ACCEPT;
}

static int answer(struct nfq_q_handle *queue, struct nfgenmsg *message, struct nfq_data *packet, void *unused) {
    (void)message;
    (void)unused;
    struct nfqnl_msg_packet_hdr *header = nfq_get_msg_packet_hdr(packet);
    return nfq_set_verdict(queue, ntohl(header->packet_id), verdict, 0, NULL);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: nfq_accept_all QUEUE\n");
        return 2;
    }
    struct nfq_handle *library = nfq_open();
    struct nfq_q_handle *queue = library ? nfq_create_queue(library, atoi(argv[1]), answer, NULL) : NULL;
    if (!queue) {
        perror("nfq_accept_all");
        return 1;
    }
    // The daemon's own settings, so that neither has more room than the other.
    nfq_set_mode(queue, NFQNL_COPY_PACKET, COPY_BYTES);
    nfq_set_queue_maxlen(queue, QUEUE_LENGTH);
    nfq_set_queue_flags(queue, NFQA_CFG_F_GSO, NFQA_CFG_F_GSO);
    int fd = nfq_fd(library), bytes = RECEIVE_BUFFER, yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes);
    setsockopt(fd, SOL_NETLINK, NETLINK_NO_ENOBUFS, &yes, sizeof yes);
    signal(SIGUSR2, turn);

    static char message[65536] __attribute__((aligned));
    for (;;) {
        int length = recv(fd, message, sizeof message, 0);
        if (length > 0) nfq_handle_packet(library, message, length);
    }
}
