package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.engine.ContainerState.Status;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The samples and examples that the host's own programs can run must do what they say.
@Kernel
class SamplesScenario {
  private Checks checks;

  @BeforeEach
  void open() throws IOException {
    checks = new Checks("UpAndDown");
  }

  @AfterEach
  void close() throws IOException {
    checks.close();
  }

  private Checks sample(String name) {
    return checks.project(Path.of("compose-samples", name));
  }

  @Test
  void theEnvironmentComesFromAllItsSources() {
    sample("host-environment")
        .davit("up")
        .succeeds()
        .says("good morning from showroom, nobody in /tmp: not from the file");
  }

  @Test
  void aPipelineRunsStepByStep() {
    sample("host-pipeline").davit("up").succeeds().says("report-1   | the sum is 500500");
  }

  @Test
  void whatWaitsForHealthStartsThen() {
    sample("host-healthy").davit("up", "after").succeeds().says("slow is ready");
  }

  @Test
  void aliasesFixedAddressesAndExtraHostsResolve() {
    sample("host-networks")
        .davit("up", "client")
        .succeeds()
        .says("10.98.6.66")
        .says("depot")
        .says("192.0.2.7");
  }

  @Test
  void includedAndExtendedServicesRunWithWhatIsTheirs() {
    sample("host-include")
        .davit("up")
        .succeeds()
        .says("queue of 17 in red: changed by the includer")
        .says("produce as nobody: slow and steady; size is not known outside of the queue");
  }

  @Test
  void anOverrideFileTakesAwayAndReplaces() {
    sample("host-override").davit("up").succeeds().says("development with no cache");
  }

  @Test
  void replicasAllRun() {
    sample("host-replicas").davit("up", "-d").succeeds();
    assertEquals(7, checks.containers().size());
    for (String name : checks.containers()) {
      assertEquals(Status.RUNNING, checks.container(name).state().status(), name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"restart-on-exit", "networks-apart", "limits"})
  void anExampleComesUpAndGoesWithoutATrace(String name) {
    checks.project(Path.of("examples", name));
    checks.davit("up", "-d").succeeds();
    checks.davit("ps", "-a").succeeds().says(name);
    checks.davit("down", "-v", "-t", "1").succeeds();
    assertEquals(0, checks.containers().size());
    assertEquals(0, checks.networkNames().size());
    assertEquals(0, checks.volumeNames().size());
  }
}
