// first: opens TCP connections one after the other, and prints how long they waited for an answer, a refusal by the other end's
// stack included.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 100000 };

static double waited[MOST];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    int count = argc == 4 ? atoi(argv[3]) : 0;
    if (count < 1 || count > MOST) {
        fprintf(stderr, "usage: first ADDRESS PORT COUNT\n");
        return 2;
    }
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2])), .sin_addr.s_addr = inet_addr(argv[1])};
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    for (int i = 0; i < count; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        double began = now();
        if (connect(fd, (struct sockaddr *)&to, sizeof to) && errno != ECONNREFUSED) {
            perror("connect");
            return 1;
        }
        waited[i] = now() - began;
        close(fd);
    }
    qsort(waited, count, sizeof *waited, ascending);
    printf("%.3f %.3f %.3f\n", waited[(count - 1) / 2] * 1e3, waited[(count * 99 + 99) / 100 - 1] * 1e3,
           waited[count - 1] * 1e3);
    return 0;
}
