package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.util.Map;
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
