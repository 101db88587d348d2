package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A container of no stack must run with docker's options as one of a stack does with the same
/// attributes.
@Kernel
@Timeout(120)
class PlainRunScenario {
  @Test
  void wordsMeanThemselvesAndAreNotATemplate() throws Exception {
    try (var checks = new Checks("LookAndCopy")) {
      checks.file("services: {}");
      Files.writeString(checks.project().resolve(".env"), "SECRET=of-the-stack\n");
      Files.writeString(checks.project().resolve("vars"), "RAW='$HOME' \"x\"\nCALLER\n");
      checks
          .davit(
              Map.of("CALLER", "me$2"),
              "container",
              "run",
              "--rm",
              "--network=none",
              "--env-file=vars",
              "-eSECRET",
              "-eTWO=${NOT:-set} $$",
              "-lcost=$5",
              "davit/host",
              "sh",
              "-c",
              "echo \"$RAW|$CALLER|${SECRET-none}|$TWO\"")
          .succeeds()
          .says("'$HOME' \"x\"|me$2|none|${NOT:-set} $$\n");
    }
  }

  @Test
  void startAttachesToWhatItStarts() throws Exception {
    try (var checks = new Checks("LookAndCopy")) {
      checks
          .davit(
              "container",
              "create",
              "--name=one",
              "--network=none",
              "-i",
              "davit/host",
              "sh",
              "-c",
              "read x; echo \"got $x\"; exit 4")
          .succeeds();
      Checks.Ran ran = checks.davitWith("a line\n", "container", "start", "-ai", "one");
      ran.failsWith(4).says("got a line\n");
      checks
          .davit("container", "start", "-a", "one", "two")
          .fails("you cannot start and attach multiple containers at once");
    }
  }

  @Test
  void updateChangesLimitsOfWhatRunsAndThePolicy() throws Exception {
    try (var checks = new Checks("LookAndCopy")) {
      checks
          .davit(
              "container",
              "run",
              "-d",
              "--name=one",
              "--network=none",
              "--init",
              "-m=64m",
              "--cpus=0.5",
              "davit/host",
              "sleep",
              "1000")
          .succeeds();
      checks
          .davit("container", "update", "-m=96m", "--pids-limit=55", "--restart=always", "one")
          .succeeds()
          .says("one\n");
      String shown =
          "{{.HostConfig.Memory}} {{.HostConfig.PidsLimit}} {{.HostConfig.NanoCpus}}"
              + " {{.HostConfig.RestartPolicy.Name}}";
      checks
          .davit("container", "inspect", "-f", shown, "one")
          .says("100663296 55 500000000 always\n");
      checks
          .davit("container", "stats", "--no-stream", "--format={{.MemUsage}}", "one")
          .says("/ 96MiB");
      checks
          .davit("container", "update", "-m=1k", "one")
          .fails("davit: memory limit of 1024 bytes is below the minimum");
      checks.davit("container", "update", "one").fails("you must provide one or more flags");
      checks.davit("container", "rm", "-f", "one").succeeds();
      checks.project(Files.createTempDirectory("empty"));
      checks
          .davit("events", "--since=10m", "--until=0s")
          .succeeds()
          .says("container update ")
          .says("name=one");
    }
  }

  @Test
  void itsExitCodeTellsWhyNoProgramHasRun() throws Exception {
    try (var checks = new Checks("LookAndCopy")) {
      String[] run = {"container", "run", "--rm", "--network=none"};
      checks.davit(with(run, "davit/host", "no-such-program")).failsWith(127);
      checks.davit(with(run, "davit/host", "/no/such/program")).failsWith(127);
      checks.davit(with(run, "-t", "davit/host", "/etc/hostname")).failsWith(126);
      checks.davit(with(run, "davit/host", "/etc/hostname/x")).failsWith(127);
      checks.davit(with(run, "-t", "davit/host", "/etc/hostname/x")).failsWith(127);
      checks.davit(with(run, "davit/host", "/etc")).failsWith(126);
      checks.davit(with(run, "-t", "davit/host", "/etc")).failsWith(126);
      checks.davit(with(run, "-d", "davit/host", "/etc")).failsWith(126);
      checks.davit(with(run, "-w", "/etc/hostname", "davit/host", "true")).failsWith(125);
      checks.davit(with(run, "no/such-image", "true")).failsWith(125);
      checks.davit(with(run, "--no-such-flag", "davit/host", "true")).failsWith(125);
      checks.davit(with(run)).failsWith(125);
      assertEquals(List.of(), checks.containers());
      checks.davit("container", "create", "--name=one", "no/such-image").failsWith(1);
    }
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void runCreatesAttachesAndReturnsTheCode() throws Exception {
    try (var checks = new Checks("LookAndCopy")) {
      Checks.Ran ran =
          checks.davit(
              "container",
              "run",
              "--rm",
              "--network=none",
              "-e",
              "A=$B",
              "davit/host",
              "sh",
              "-c",
              "echo \"$A\"; exit 5");
      assertEquals(5, ran.code(), ran.err());
      ran.says("$B\n");
      checks
          .davit(
              "container",
              "run",
              "-d",
              "--name=one",
              "-m=64m",
              "-p=80",
              "-v=vol:/data",
              "--init",
              "davit/host",
              "sleep",
              "1000")
          .succeeds();
      checks.davit("container", "inspect", "-f", "{{.HostConfig.Memory}}", "one").says("67108864");
      checks.davit("container", "port", "one", "80").succeeds().says("0.0.0.0:");
      checks.davit("volume", "ls", "-q").says("vol\n");
      checks.davit("container", "rm", "-f", "one").succeeds();
    }
  }
}
