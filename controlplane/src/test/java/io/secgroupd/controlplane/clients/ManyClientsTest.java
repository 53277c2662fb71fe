package io.secgroupd.controlplane.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Eight programs authorize rules at the same time, and people edit the same policy with an editor, which saves by a rename. The
 * programs send nothing twice, and all that anybody wrote is there in the end.
 */
class ManyClientsTest {

    private static final int CLIENTS = 8;
    private static final int RULES_EACH = 10;
    private static final int EDITS = 6;

    private static final String RULES = """
            version: 1
            include: [people.yaml]
            security_groups:
              sg-shared: {}
              sg-0: {}
              sg-1: {}
              sg-2: {}
              sg-3: {}
            limits: {rules_per_security_group: 100}
            """;

    @TempDir
    private Path directory;

    private final Semaphore answers = new Semaphore(0);

    @Test
    void nothingThatAnybodyWroteIsLost() throws Exception {
        Path people = Files.writeString(directory.resolve("people.yaml"), people(0));
        try (TerraformHost host = TerraformHost.start(directory, RULES)) {
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
            var half = new CyclicBarrier(CLIENTS, () -> editBetween(host.rules()));
            var all = new ArrayList<Future<Void>>();
            try {
                for (int number = 0; number < CLIENTS; number++) {
                    all.add(threads.submit(client(host, number, half)));
                }
                all.add(threads.submit(person(people)));
                for (Future<Void> one : all) {
                    one.get(1, TimeUnit.MINUTES);
                }
            } finally {
                threads.shutdownNow();
            }
            assertAllThere(host);
        }
    }

    /** Every other client writes into the group of all, the others each into one of their own. */
    private Callable<Void> client(TerraformHost host, int number, CyclicBarrier half) {
        return () -> {
            try (Ec2Client ec2 = host.client(Ec2Client.builder(), host.key().secret())) {
                for (int i = 0; i < RULES_EACH; i++) {
                    if (i == RULES_EACH / 2) {
                        half.await(1, TimeUnit.MINUTES);
                    }
                    int port = port(number, i);
                    ec2.authorizeSecurityGroupIngress(request -> request.groupId(group(number))
                            .ipPermissions(rule(port).sent()));
                    answers.release();
                }
            }
            return null;
        };
    }

    private static String group(int number) {
        return number % 2 == 0 ? "sg-shared" : "sg-" + number / 2;
    }

    private static int port(int number, int i) {
        return 1000 * (number + 1) + i;
    }

    private static Block rule(int port) {
        return Block.of("tcp", port, port, "", "192.0.2.0/24");
    }

    /** A person edits the file of the clients while none of their requests is on its way, as editors do not compare. */
    private static void editBetween(Path rules) {
        try {
            save(rules, Files.readString(rules) + "# a person was here\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Another person edits a file that only people write, while requests are on their way. */
    private Callable<Void> person(Path people) {
        return () -> {
            for (int edit = 1; edit <= EDITS; edit++) {
                answers.acquire(CLIENTS * RULES_EACH / (EDITS + 2));
                save(people, people(edit));
            }
            return null;
        };
    }

    private static String people(int edit) {
        return "version: 1\nsecurity_groups:\n  sg-people-" + edit + ": {}\n";
    }

    private static void save(Path file, String text) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling("." + file.getFileName() + ".swp"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void assertAllThere(TerraformHost host) throws IOException {
        var groups = new SecurityGroupResource(host.ec2());
        for (int number = 0; number < CLIENTS; number++) {
            int client = number;
            Set<Block> ingress = groups.read(group(client)).orElseThrow().ingress();
            List<Block> made = IntStream.range(0, RULES_EACH)
                    .mapToObj(i -> rule(port(client, i)))
                    .toList();
            assertThat(ingress).containsAll(made);
        }
        assertThat(groups.read("sg-people-" + EDITS)).isPresent();
        assertThat(host.text()).contains("# a person was here\n");
    }
}
