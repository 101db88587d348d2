package dev.davit.compose.load;

import dev.davit.error.Code;
import dev.davit.error.Problem;
import dev.davit.test.Golden;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every mistake gets a message with its place, its line and what to do. The texts are in
/// `compose/bad-input`.
class BadInputTest {
  private static final String WEB = "services:\n  web:\n    image: davit/host\n";

  private static final Map<String, String> MISTAKES =
      Map.ofEntries(
          Map.entry("broken-yaml", "services:\n  web:\n    image: davit/host\n   ports: [80\n"),
          Map.entry("tab", "services:\n\tweb:\n    image: davit/host\n"),
          Map.entry("colon-in-text", WEB + "    command: echo this: that\n"),
          Map.entry("duplicate-key", WEB + "    tty: true\n    image: other\n"),
          Map.entry("number-as-key", WEB + "    environment:\n      1: one\n"),
          Map.entry("unknown-key", "services:\n  web:\n    imge: davit/host\n"),
          Map.entry("unknown-top-level-key", "web:\n  image: davit/host\n"),
          Map.entry("not-yet", WEB + "    build: .\n    links: [db]\n"),
          Map.entry("wrong-type", WEB + "    environment: 5\n    ports:\n      web: 80\n"),
          Map.entry("list-of-maps", WEB + "    environment:\n      - A: b\n"),
          Map.entry("number-for-string", WEB + "    hostname: 12\n    command: [sleep, 5]\n"),
          Map.entry("nothing-written", WEB + "    ports:\n    environment:\n"),
          Map.entry("no-image", "services:\n  web:\n    command: sleep 1\n"),
          Map.entry("no-services", "volumes:\n  data:\n"),
          Map.entry("empty-file", "# nothing\n"),
          Map.entry("undefined-network", WEB + "    networks: [frnt]\nnetworks:\n  front:\n"),
          Map.entry(
              "undefined-volume", WEB + "    volumes:\n      - data:/data\n      - sub/dir:/x\n"),
          Map.entry(
              "undefined-dependency",
              WEB + "    depends_on:\n      - stor\n  store:\n    image: davit/host\n"),
          Map.entry(
              "disabled-dependency",
              WEB + "    depends_on: [db]\n  db:\n    image: davit/host\n    profiles: [dev]\n"),
          Map.entry(
              "cycle",
              WEB
                  + "    depends_on: [api]\n  api:\n    image: davit/host\n    depends_on:\n"
                  + "      db:\n        condition: service_started\n  db:\n"
                  + "    image: davit/host\n    depends_on: [web]\n"),
          Map.entry("missing-env-file", WEB + "    env_file: [nowhere.env]\n"),
          Map.entry("low-memory", WEB + "    mem_limit: 4m\n"),
          Map.entry("bad-duration", WEB + "    stop_grace_period: 10\n"),
          Map.entry("bad-bytes", WEB + "    mem_limit: 12 apples\n    shm_size: 1x\n"),
          Map.entry("bad-port", WEB + "    ports:\n      - 80x\n      - \"70000:80\"\n"),
          Map.entry("bad-mode", WEB + "    ipc: guest\n    restart: sometimes\n"),
          Map.entry(
              "bad-interpolation", WEB + "    hostname: ${foo!}\n    user: ${NAME:?say it}\n"),
          Map.entry(
              "network-mode-and-networks",
              WEB + "    network_mode: host\n    networks: [default]\n"),
          Map.entry(
              "name-with-scale", WEB + "    container_name: one\n    deploy:\n      replicas: 2\n"),
          Map.entry("unknown-capability", WEB + "    cap_add: [NET_ADMN, CAP_KILL]\n"),
          Map.entry("unknown-ulimit", WEB + "    ulimits:\n      nofiles: 10\n"),
          Map.entry(
              "same-port",
              WEB
                  + "    ports: [\"80:80\"]\n  other:\n    image: davit/host\n    ports:\n"
                  + "      - \"81:80\"\n      - \"127.0.0.1:80:8000\"\n      - \"80:80/udp\"\n"),
          Map.entry(
              "healthy-without-check",
              WEB
                  + "    depends_on:\n      db: {condition: service_healthy}\n"
                  + "  db:\n    image: davit/host\n"),
          Map.entry(
              "address-outside",
              WEB
                  + "    networks: {a: {ipv4_address: 10.5.0.9, ipv6_address: \"fd00::9\"}}\n"
                  + "networks:\n  a:\n    ipam:\n      config:\n        - subnet: 10.4.0.0/16\n"
                  + "        - subnet: fd00::/64\n"),
          Map.entry("unknown-tmpfs-option", WEB + "    tmpfs: [\"/run:sise=1m\"]\n"),
          Map.entry("two-mounts", WEB + "    volumes: [./a:/data]\n    tmpfs: [/run, /data/]\n"),
          Map.entry(
              "external-with-driver",
              WEB + "volumes:\n  v:\n    external: true\n    driver: local\n"));

  @TestFactory
  Stream<DynamicTest> isSaidWithItsPlace() {
    return MISTAKES.entrySet().stream()
        .map(
            mistake ->
                DynamicTest.dynamicTest(
                    mistake.getKey(),
                    () ->
                        Golden.check(
                            "compose/bad-input/" + mistake.getKey() + ".txt",
                            Stack.of(mistake.getValue()).errors())));
  }

  @Test
  void unsetVariableIsSaidOnceWithEveryPlace() {
    String compose =
        WEB
            + "    environment:\n      A: ${TAG}\n      B: \"x $TAG\"\n"
            + "      HASH: $2y$05$c4WoMPo3SXsafkva\n";
    Golden.check("compose/bad-input/unset-variable.txt", Stack.of(compose).warnings());
  }

  @Test
  void whatIsNotHonouredIsSaidOnceWithEveryPlace() {
    String compose =
        WEB
            + "    volumes: [\"./a:/a:z\", \"./b:/b:Z\", \"./c:/c:z,cached\"]\n    networks: [a]\n"
            + "    tty: yes\n    init: Yes\n    stdin_open: yes\n"
            + "    security_opt: [label:disable]\n    deploy: {labels: {a: b}}\n"
            + "networks:\n  a: {enable_ipv6: true, enable_ipv4: false}\n";
    Golden.check("compose/bad-input/no-effect.txt", Stack.of(compose).warnings());
  }

  @Test
  void whatIsNotHonouredIsAnErrorToTheStrict() {
    LoadResult odd = Stack.web("tty: on\nsecurity_opt: [label:disable]").load();
    var error = Assertions.assertThrows(ComposeFileException.class, odd::strict);
    Assertions.assertEquals(List.of(Code.NOT_SUPPORTED), codes(error));
    LoadResult plain = Stack.web("tty: true").load();
    Assertions.assertSame(plain, plain.strict());
  }

  private static List<Code> codes(ComposeFileException error) {
    return error.problems().stream().map(Problem::code).toList();
  }

  @Test
  void brokenEnvironmentFileIsSaidWithItsLine() {
    Stack stack = Stack.web("env_file: web.env").file("web.env", "A=1\nB%=2\n");
    Golden.check("compose/bad-input/env-file-line.txt", stack.errors());
  }
}
