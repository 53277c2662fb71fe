// blast: sends TCP SYN frames out of an interface, from a range of source addresses, as fast as it can or at a given rate.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// At a rate the frames go out few at a time, as those of 100,000 a second come in from a wire whose card waits 50 to 100 µs before
// it interrupts. The kernel takes a frame within the sender's own system call: 64 of them would hold a processor for 100 µs, and
// a client on the same machine would wait for the sender and not for the firewall.
enum { BATCH = 64, SPREAD_BATCH = 8, FRAME = sizeof(struct ethhdr) + sizeof(struct iphdr) + sizeof(struct tcphdr), PORTS = 60000 };

struct frame {
    struct ethhdr ethernet;
    struct iphdr ip;
    struct tcphdr tcp;
} __attribute__((packed));

static struct frame frames[BATCH];
static struct iovec vectors[BATCH];
static struct mmsghdr messages[BATCH];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static uint32_t sum(const void *bytes, int length, uint32_t sum) {
    for (const uint8_t *at = bytes; length > 1; at += 2, length -= 2) {
        uint16_t word;
        memcpy(&word, at, 2);
        sum += word;
    }
    return sum;
}

static uint16_t checksum(uint32_t sum) {
    while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
    return ~sum;
}

static void lay_out(struct frame *frame, const uint8_t *mac, const char *address, int port) {
    memcpy(frame->ethernet.h_dest, mac, ETH_ALEN);
    frame->ethernet.h_proto = htons(ETH_P_IP);
    frame->ip = (struct iphdr){.version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_TCP, .tot_len = htons(40)};
    frame->ip.daddr = inet_addr(address);
    frame->tcp = (struct tcphdr){.dest = htons(port), .doff = 5, .syn = 1, .window = htons(64240)};
}

static void address_frame(struct frame *frame, uint32_t source, int port, uint32_t sequence) {
    struct iphdr ip = frame->ip;
    struct tcphdr tcp = frame->tcp;
    ip.saddr = htonl(source);
    ip.check = 0;
    ip.check = checksum(sum(&ip, sizeof ip, 0));
    tcp.source = htons(port);
    tcp.seq = htonl(sequence);
    tcp.check = 0;
    uint32_t pseudo_header = sum(&ip.saddr, 8, htons(IPPROTO_TCP) + htons(sizeof tcp));
    tcp.check = checksum(sum(&tcp, sizeof tcp, pseudo_header));
    frame->ip = ip;
    frame->tcp = tcp;
}

static int packet_socket(const char *interface) {
    int fd = socket(AF_PACKET, SOCK_RAW, 0), yes = 1;
    struct sockaddr_ll at = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP), .sll_ifindex = if_nametoindex(interface)};
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at)) {
        perror("blast");
        exit(1);
    }
    setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &yes, sizeof yes);
    return fd;
}

int main(int argc, char **argv) {
    if (argc < 8 || argc > 9) {
        fprintf(stderr, "usage: blast INTERFACE MAC ADDRESS PORT FIRST_SOURCE SOURCES SECONDS [FRAMES_PER_SECOND]\n");
        return 2;
    }
    uint8_t mac[ETH_ALEN];
    sscanf(argv[2], "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", mac, mac + 1, mac + 2, mac + 3, mac + 4, mac + 5);
    uint32_t first_source = ntohl(inet_addr(argv[5]));
    int fd = packet_socket(argv[1]), sources = atoi(argv[6]);
    double seconds = atof(argv[7]), rate = argc == 9 ? atof(argv[8]) : 0, begun = now(), elapsed;
    int batch = rate > 0 ? SPREAD_BATCH : BATCH;
    unsigned long sent = 0;

    for (int i = 0; i < BATCH; i++) {
        lay_out(&frames[i], mac, argv[3], atoi(argv[4]));
        vectors[i] = (struct iovec){.iov_base = &frames[i], .iov_len = FRAME};
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1};
    }
    while ((elapsed = now() - begun) < seconds) {
        if (rate > 0 && sent > rate * elapsed) {
            usleep((sent / rate - elapsed) * 1e6 + 1);
            continue;
        }
        for (int i = 0; i < batch; i++, sent++)
            address_frame(&frames[i], first_source + sent % sources, 1024 + sent / sources % PORTS, sent);
        for (int done = 0, count = 0; done < batch; done += count) {
            // A full queue of the receiver is an error here; those frames are the flood's loss.
            count = sendmmsg(fd, messages + done, batch - done, 0);
            if (count <= 0) break;
        }
    }
    printf("sent=%lu per_second=%.0f\n", sent, sent / (now() - begun));
    return 0;
}
