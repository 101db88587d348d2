package dev.davit.faults;

import dev.davit.faults.FaultyEngine.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The project that is tried: a store that counts aloud, a web server that waits for it, a worker.
record Project(Bench bench) {
  private static final int PORT = 18_713;
  private static final String NAME = "faults";
  private static final String COMPOSE =
      """
      name: faults
      x-count: &count [sh, -c, 'i=0; while :; do i=$$((i+1)); echo $$i; sleep 0.02; done']
      x-any: &any
        image: davit/host
        stop_grace_period: 0s
        restart: unless-stopped
      services:
        store:
          <<: *any
          command: *count
          environment: {FAULTS: "DIRECTORY store"}
          volumes: [data:/data]
          networks: [back]
          healthcheck: {test: [CMD, test, -d, /data], interval: 30s, start_interval: 20ms, start_period: 20s}
        web:
          <<: *any
          command: [busybox, httpd, -f, -p, "80", -h, /srv]
          environment: {FAULTS: "DIRECTORY web"}
          configs: [{source: page, target: /srv/index.html}]
          ports: ["127.0.0.1:PORT:80"]
          depends_on: {store: {condition: service_healthy}}
          networks: [front, back]
        worker:
          <<: *any
          command: *count
          environment: {FAULTS: "DIRECTORY worker"}
          networks: [back]
      configs: {page: {content: "generation ${GENERATION}"}}
      networks: {front: {}, back: {}}
      volumes: {data: {}}
      """;

  /// Writes the Compose file.
  static void write(Path directory) throws IOException {
    Files.writeString(
        directory.resolve("compose.yaml"),
        COMPOSE.replace("DIRECTORY", directory.toString()).replace("PORT", Integer.toString(PORT)));
  }

  Ran davit(int generation, List<String> argv) {
    return bench
        .engine()
        .davit(bench.directory(), Map.of("GENERATION", Integer.toString(generation)), argv);
  }

  private Ran davit(String... argv) {
    return davit(1, List.of(argv));
  }

  /// `store` of `faults-store-1`.
  static String service(String container) {
    return container.replaceFirst("^" + NAME + "-(.*)-\\d+$", "$1");
  }

  /// The containers that run and the process of each.
  Map<String, Integer> pids() {
    var pids = new TreeMap<String, Integer>();
    for (String line : davit("ps", "--format", "{{.Name}}").out().lines().toList()) {
      Ran ran = davit("inspect", "--format", "{{.State.Pid}}", line);
      pids.put(line, ran.code() == 0 ? Integer.parseInt(ran.out().strip()) : -1);
    }
    return pids;
  }

  /// What is not as it should be.
  ///
  /// @param wanted how many containers each service has
  List<String> wrong(Map<String, Integer> wanted, int generation) throws Exception {
    var wrong = new ArrayList<String>();
    String listed =
        String.join(
            "\n",
            davit("ps", "-a", "--format", "{{.Name}} {{.State}}").out().lines().sorted().toList());
    String expected =
        String.join(
            "\n",
            wanted.entrySet().stream()
                .flatMap(
                    entry ->
                        Stream.iterate(1, i -> i <= entry.getValue(), i -> i + 1)
                            .map(i -> NAME + "-" + entry.getKey() + "-" + i + " running"))
                .sorted()
                .toList());
    if (!listed.equals(expected)) {
      wrong.add("listed: [" + listed.replace("\n", ", ") + "]");
    }
    Map<String, Integer> processes = processes();
    if (!processes.equals(new TreeMap<>(wanted))) {
      wrong.add("processes: " + processes);
    }
    if (wanted.containsKey("web")) {
      wrong.addAll(answers(generation));
      for (String service : wanted.keySet()) {
        if (davit("exec", "-T", "web", "getent", "hosts", service).code() != 0) {
          wrong.add("the name " + service + " is not found");
        }
      }
      wrong.addAll(gaps("store"));
      wrong.addAll(gaps("worker"));
    }
    return wrong;
  }

  private static List<String> answers(int generation) throws InterruptedException {
    String said = "";
    for (int i = 0; i < 20; i++) {
      try (var socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), PORT)) {
        socket.setSoTimeout(2_000);
        socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (said.contains("generation " + generation)) {
          return List.of();
        }
      } catch (IOException e) {
        said = e.toString();
      }
      Thread.sleep(50); // it may have been started this moment
    }
    return List.of("the port says: " + said);
  }

  // Each container counts from 1; what was started again begins anew.
  private List<String> gaps(String service) {
    var wrong = new ArrayList<String>();
    var last = new TreeMap<String, Integer>();
    for (String line : davit("logs", "--no-color", service).out().lines().toList()) {
      String[] parts = line.split("\\s*\\|\\s*", 2);
      int number;
      try {
        number = Integer.parseInt(parts[1]);
      } catch (RuntimeException e) {
        wrong.add("log of " + service + ": \"" + line + "\"");
        continue;
      }
      int before = last.getOrDefault(parts[0], 0);
      if (number != before + 1 && number != 1) {
        wrong.add("log of " + parts[0] + ": " + number + " after " + before);
      }
      last.put(parts[0], number);
    }
    if (last.isEmpty()) {
      wrong.add("log of " + service + " is empty");
    }
    return wrong;
  }

  private Map<String, Integer> processes() {
    var found = new TreeMap<String, Integer>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      all.filter(path -> path.getFileName().toString().matches("\\d+"))
          // the first of its container: a shell's children look like it for a moment
          .filter(
              path -> text(path.resolve("status")).matches("(?s).*\\nNSpid:\\t[0-9\\t]+\\t1\\n.*"))
          .filter(path -> text(path.resolve("cmdline")).matches("(?s).*(while|httpd).*"))
          .forEach(
              path ->
                  Stream.of(text(path.resolve("environ")).split("\0"))
                      .filter(it -> it.startsWith("FAULTS=" + bench.directory() + " "))
                      .forEach(
                          it -> found.merge(it.substring(it.indexOf(' ') + 1), 1, Integer::sum)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }
}
