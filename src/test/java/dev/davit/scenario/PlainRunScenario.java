package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.test.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A container of no stack must run with docker's options as one of a stack does with the same
/// attributes.
@Kernel
@Timeout(120)
class PlainRunScenario {
  @org.junit.jupiter.api.Disabled("the output of a very short attached run can be lost")
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
