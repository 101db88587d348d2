package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Containers, networks and volumes must be there for docker's words as well, with or without a
/// stack.
@Kernel
@Timeout(120)
class ObjectsScenario {
  @TempDir private Path temp;
  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("LookAndCopy");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  @Test
  void containersAreListedInspectedAndChanged() throws Exception {
    checks.davit("up", "-d", "db").succeeds();
    checks.davit("container", "ls").succeeds().says("CONTAINER ID   IMAGE").says("look-db-1");
    checks
        .davit("container", "ls", "--filter", "label=com.docker.compose.service=db", "-q")
        .says(checks.container("look-db-1").shortId());
    assertEquals("", checks.davit("container", "ls", "-q", "--filter", "name=web").out());
    checks.davit("container", "ls", "--filter", "nme=x").fails("did you mean \"name\"?");
    checks
        .davit("container", "inspect", "look-db-1")
        .succeeds()
        .says("\"Name\": \"/look-db-1\"")
        .says("\"Status\": \"running\"")
        .says("\"Destination\": \"/data\"");
    String format = "{{.State.Running}} {{(index .Mounts 0).Type}} {{.HostConfig.NetworkMode}}";
    checks
        .davit("container", "inspect", "-f", format, "look-db-1")
        .says("true volume look_default\n");
    checks.davit("container", "inspect", "look-bd-1").fails("did you mean \"look-db-1\"?");
    checks.davit("container", "inspect", "-f", "{{.Nme}}", "look-db-1").fails("no field");
    checks
        .davit(
            "container",
            "exec",
            "look-db-1",
            "sh",
            "-c",
            "echo x > /etc/new; rm /etc/fstab; echo y >> /etc/passwd")
        .succeeds();
    String diff = checks.davit("container", "diff", "look-db-1").succeeds().out();
    assertTrue(diff.contains("C /etc\nD /etc/fstab\nA /etc/new\nC /etc/passwd\n"), diff);
    checks.davit("container", "top", "look-db-1").succeeds().says("CMD");
    checks.davit("container", "logs", "look-db-1").says("ready\n");
    checks.davit("container", "cp", "look-db-1:/data/seed", temp.toString()).succeeds();
    assertEquals("seed\n", Files.readString(temp.resolve("seed")));
    checks.davit("container", "rename", "look-db-1", "other").succeeds();
    checks.davit("container", "stop", "-t", "5", "other").succeeds().says("other\n");
    checks.davit("container", "rm", "nobody", "other").fails("no such container").says("other\n");
    assertEquals("", checks.davit("container", "ls", "-aq").out());
  }

  @Test
  void networksAreMadeJoinedAndRemoved() {
    checks.davit("up", "-d", "db").succeeds();
    checks.davit("network", "create", "--label", "a=b", "extra").succeeds();
    checks.davit("network", "ls", "--filter", "label=a=b", "--format", "{{.Name}}").says("extra\n");
    checks.davit("network", "connect", "extra", "look-db-1").succeeds();
    checks
        .davit("network", "inspect", "-f", "{{range .Containers}}{{.Name}}{{end}}", "extra")
        .says("look-db-1\n");
    checks.davit("network", "rm", "extra").fails("in use");
    checks.davit("network", "disconnect", "extra", "look-db-1").succeeds();
    checks.davit("network", "rm", "extra").succeeds().says("extra\n");
    checks
        .davit(
            "network",
            "create",
            "--ipv6",
            "--subnet",
            "10.93.0.0/24",
            "--subnet",
            "fd00:93::/64",
            "--gateway",
            "fd00:93::9",
            "--gateway",
            "10.93.0.9",
            "--ip-range",
            "10.93.0.128/25",
            "--aux-address",
            "router=10.93.0.1",
            "both")
        .succeeds();
    checks
        .davit(
            "network",
            "inspect",
            "-f",
            "{{.EnableIPv4}} {{.EnableIPv6}} {{json .IPAM.Config}}",
            "both")
        .says(
            "true true [{\"Subnet\":\"10.93.0.0/24\",\"IPRange\":\"10.93.0.128/25\","
                + "\"Gateway\":\"10.93.0.9\",\"AuxiliaryAddresses\":{\"router\":\"10.93.0.1\"}},"
                + "{\"Subnet\":\"fd00:93::/64\",\"IPRange\":\"\",\"Gateway\":\"fd00:93::9\","
                + "\"AuxiliaryAddresses\":{}}]");
    checks.davit("network", "create", "--gateway", "10.94.0.1", "lone").fails("no matching subnet");
    checks.davit("network", "rm", "both").succeeds();
    checks.davit("network", "rm", "extra").fails("no such network");
    checks.davit("network", "rm", "-f", "extra").succeeds();
  }

  @Test
  void volumesAreMadeListedAndPruned() {
    checks.davit("volume", "create", "mine").succeeds().says("mine\n");
    String anonymous = checks.davit("volume", "create").succeeds().out().strip();
    checks.davit("up", "-d", "db").succeeds();
    checks.davit("volume", "ls").says("DRIVER   VOLUME NAME").says("look_data");
    checks.davit("volume", "ls", "-q", "--filter", "dangling=true").says("mine\n");
    checks.davit("volume", "inspect", "mine").says("\"Mountpoint\": \"/");
    checks.davit("volume", "rm", "look_data").fails("in use by container \"look-db-1\"");
    checks.davit("volume", "prune").fails("nothing was removed");
    checks.davit("volume", "prune", "-f").succeeds().says(anonymous);
    checks.davit("volume", "prune", "-af").succeeds().says("mine\n");
    assertEquals("look_data\n", checks.davit("volume", "ls", "-q").out());
  }
}
