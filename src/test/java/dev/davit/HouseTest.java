package dev.davit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The map of the house: each room and the rooms it may use. `error` is open to all.
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.davit");

  private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

  static {
    MAY_USE.put(
        "cli",
        Set.of(
            "client",
            "registry",
            "artifact",
            "transfer",
            "watch",
            "reconcile",
            "compose",
            "engine",
            "image",
            "content",
            "network",
            "volume",
            "archive",
            "format",
            "scan",
            "docker",
            "stored",
            "selftest"));
    // cgroup: the limits in the engine's ContainerConfig are its type
    MAY_USE.put(
        "selftest",
        Set.of("engine", "image", "content", "network", "volume", "archive", "cgroup", "linux"));
    MAY_USE.put("watch", Set.of("reconcile", "compose"));
    MAY_USE.put("docker", Set.of("engine", "image", "network", "volume", "cgroup", "format"));
    MAY_USE.put("format", Set.of());
    MAY_USE.put("client", Set.of());
    // cgroup: the limits in the engine's ContainerConfig are its type
    MAY_USE.put("reconcile", Set.of("compose", "engine", "image", "network", "volume", "cgroup"));
    MAY_USE.put("compose", Set.of());
    // format: the tag of a log is a template
    MAY_USE.put(
        "engine",
        Set.of(
            "runtime", "image", "network", "volume", "cgroup", "archive", "stored", "linux",
            "format"));
    MAY_USE.put("archive", Set.of("linux"));
    MAY_USE.put("scan", Set.of("image", "archive", "linux"));
    MAY_USE.put("runtime", Set.of("program", "cgroup", "linux"));
    MAY_USE.put("image", Set.of("linux"));
    MAY_USE.put("content", Set.of("image", "archive", "stored", "linux"));
    // compose: its YAML with places, for the configuration file
    MAY_USE.put("registry", Set.of("image", "compose"));
    MAY_USE.put("artifact", Set.of("registry", "image", "compose"));
    MAY_USE.put("transfer", Set.of("registry", "content", "image"));
    MAY_USE.put("network", Set.of("netlink", "stored", "linux"));
    MAY_USE.put("volume", Set.of("stored", "linux"));
    MAY_USE.put("stored", Set.of("linux"));
    MAY_USE.put("program", Set.of("linux"));
    MAY_USE.put("cgroup", Set.of("linux"));
    MAY_USE.put("netlink", Set.of("linux"));
    MAY_USE.put("linux", Set.of());
    MAY_USE.put("error", Set.of());
  }

  @TestFactory
  Stream<DynamicTest> roomsUseOnlyWhatTheMapAllows() {
    return MAY_USE.keySet().stream()
        .map(room -> DynamicTest.dynamicTest(room, () -> checkNeighbours(room)));
  }

  private static void checkNeighbours(String room) {
    String[] forbidden =
        MAY_USE.keySet().stream()
            .filter(other -> !other.equals(room) && !other.equals("error"))
            .filter(other -> !MAY_USE.getOrDefault(room, Set.of()).contains(other))
            .map(other -> "dev.davit." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.davit." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(HOUSE);
  }

  @Test
  void composeIsReadInLayers() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("write")
        .definedBy("dev.davit.compose.write")
        .layer("load")
        .definedBy("dev.davit.compose.load")
        .layer("attribute")
        .definedBy("dev.davit.compose.attribute")
        .layer("tree")
        .definedBy("dev.davit.compose.tree")
        .whereLayer("load")
        .mayNotBeAccessedByAnyLayer()
        // the hash of a service is that of its print
        .whereLayer("write")
        .mayOnlyBeAccessedByLayers("load")
        .whereLayer("attribute")
        .mayOnlyBeAccessedByLayers("load", "write")
        .because("the schema is data, which phases are driven by")
        .check(HOUSE);
  }

  @Test
  void everyRoomIsOnTheMapAndEveryRoomOnTheMapExists() {
    var rooms =
        HOUSE.stream()
            .map(type -> type.getPackageName().replaceFirst("^dev\\.davit\\.?(\\w*).*$", "$1"))
            .filter(room -> !room.isEmpty())
            .collect(toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(MAY_USE.keySet()), rooms);
  }

  @Test
  void roomsAreFreeOfCycles() {
    slices().matching("dev.davit.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void onlyLinuxKnowsJnr() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.davit.linux..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jnr..", "com.kenai..")
        .because("a move to java.lang.foreign shall change one room")
        .check(HOUSE);
  }

  @Test
  void onlyTheHallAndTheCliKnowSpring() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.davit.(*)..")
        .and()
        .resideOutsideOfPackages("dev.davit.cli..", "dev.davit")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .because("the domain starts in a test with new")
        .check(HOUSE);
  }

  @Test
  void noProcessesBelowTheCli() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.davit.cli..", "dev.davit.client..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .because(
            "Davit is the runtime: it calls no ip, tar or nft; only programs that are no containers"
                + " by what they are, those of cli.provider and Docker's credential helpers of"
                + " cli.login, are processes")
        .check(HOUSE);
  }

  @Test
  void decidersDoNoIo() {
    noClasses()
        .that()
        .haveFullyQualifiedName("dev.davit.reconcile.Planner")
        .or()
        .haveFullyQualifiedName("dev.davit.runtime.StartProgram")
        .or()
        .haveFullyQualifiedName("dev.davit.runtime.ExecProgram")
        .or()
        .haveFullyQualifiedName("dev.davit.transfer.Selection")
        .or()
        .haveFullyQualifiedName("dev.davit.transfer.PushPlan")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.file.Files")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io", "java.net", "java.time.Clock")
        .because("what decides takes and returns values")
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void onlySourcesReadsFilesForCompose() {
    noClasses()
        .that()
        .resideInAPackage("dev.davit.compose..")
        .and()
        .doNotHaveSimpleName("Sources")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.file.Files")
        .because("a phase is a function from tree to tree")
        .check(HOUSE);
  }
}
