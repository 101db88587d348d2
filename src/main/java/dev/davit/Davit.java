package dev.davit;

import dev.davit.cgroup.Cgroups;
import dev.davit.cli.AuditCommand;
import dev.davit.cli.Catalogue;
import dev.davit.cli.CommandLine;
import dev.davit.cli.EngineCommands;
import dev.davit.cli.EngineIdentity;
import dev.davit.cli.ExplainErrorCommand;
import dev.davit.cli.InstallCommands;
import dev.davit.cli.SessionServer;
import dev.davit.cli.audit.AuditLog;
import dev.davit.cli.login.LoginCommands;
import dev.davit.cli.object.DiskBudget;
import dev.davit.cli.object.ObjectCommands;
import dev.davit.cli.object.ScanCommand;
import dev.davit.cli.object.SelftestCommand;
import dev.davit.cli.stack.Machine;
import dev.davit.cli.stack.StackCommands;
import dev.davit.content.LayerLimit;
import dev.davit.content.LocalImages;
import dev.davit.content.Store;
import dev.davit.engine.DefaultLimits;
import dev.davit.engine.Engine;
import dev.davit.engine.EngineDirectories;
import dev.davit.engine.HostFacts;
import dev.davit.error.DavitException;
import dev.davit.image.HostImage;
import dev.davit.image.Images;
import dev.davit.network.AddressPools;
import dev.davit.network.Networks;
import dev.davit.reconcile.DesiredProjects;
import dev.davit.reconcile.ImageTransfers;
import dev.davit.reconcile.Upkeep;
import dev.davit.volume.Volumes;
import java.util.ArrayList;
import java.util.HashMap;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;

/// The engine's main and its table of contents: who is made of what. Nothing is scanned.
///
/// A bean that has something to do before the first command says so by `@Bean(initMethod =
/// "start")`; `close` is called when the engine ends, in the reverse order.
@SpringBootConfiguration(proxyBeanMethods = false)
public class Davit {
  public static void main(String[] argv) {
    try {
      EngineProcess.run();
    } catch (DavitException e) {
      System.err.println("davit: " + e.getMessage());
      e.action().ifPresent(action -> System.err.println("       " + action));
      System.exit(1);
    }
  }

  @Bean
  EngineCommands engineCommands(EngineIdentity identity) {
    return new EngineCommands(identity, EngineProcess::stop);
  }

  @Bean
  InstallCommands installCommands(EngineIdentity identity) {
    return new InstallCommands(identity);
  }

  @Bean
  Store store(EngineIdentity identity) {
    LayerLimit limit = LayerLimit.parse(System.getenv().getOrDefault("DAVIT_LAYER_LIMIT", ""));
    return Store.open(identity.root().resolve("images"), limit);
  }

  @Bean
  Images images(EngineIdentity identity, Store store) {
    return new LocalImages(new HostImage(identity.root(), identity.run()), store);
  }

  @Bean
  Networks networks(EngineIdentity identity) {
    AddressPools pools = AddressPools.parse(System.getenv().getOrDefault(AddressPools.SETTING, ""));
    return Networks.open(identity.root().resolve("networks"), identity.run(), pools);
  }

  @Bean
  Volumes volumes(EngineIdentity identity) {
    return Volumes.open(identity.root().resolve("volumes"));
  }

  @Bean
  Engine engine(EngineIdentity identity, Images images, Networks networks, Volumes volumes) {
    var directories = new EngineDirectories(identity.root(), identity.run());
    Cgroups cgroups = Cgroups.detect();
    DefaultLimits limits = DefaultLimits.of(HostFacts.read(cgroups), System.getenv());
    return Engine.open(directories, images, networks, volumes, cgroups, limits);
  }

  @Bean
  Machine machine(
      EngineIdentity identity,
      Engine engine,
      Images images,
      Store store,
      Networks networks,
      Volumes volumes) {
    DiskBudget.parse(System.getenv().getOrDefault("DAVIT_IMAGE_BUDGET", ""))
        .ifPresent(budget -> budget.keep(store, engine.containers()));
    return new Machine(
        engine.containers(),
        engine.execs(),
        engine.logs(),
        engine.events(),
        engine.statistics(),
        engine.archives(),
        engine.hostFiles(),
        networks,
        volumes,
        images,
        store,
        new DesiredProjects(engine.projects()),
        identity.root());
  }

  @Bean(initMethod = "begin")
  Upkeep upkeep(Engine engine, Machine machine) {
    return new Upkeep(
        engine, machine.observer(), machine.desired(), machine.operations(ImageTransfers.NONE));
  }

  /// Every command that there is.
  @Bean
  public Catalogue catalogue(
      EngineIdentity identity,
      EngineCommands engine,
      InstallCommands install,
      AuditLog audit,
      Machine machine) {
    var commands = new ArrayList<>(StackCommands.of(machine));
    commands.addAll(ObjectCommands.of(machine));
    commands.add(new ScanCommand(machine, identity.version()));
    commands.add(new SelftestCommand(machine, identity.run()));
    commands.add(engine);
    commands.add(install);
    commands.add(new AuditCommand(audit));
    commands.add(new LoginCommands());
    commands.add(new ExplainErrorCommand());
    var completions = new HashMap<>(StackCommands.completions(machine));
    completions.putAll(ObjectCommands.completions(machine));
    completions.put("codes", _ -> ExplainErrorCommand.codes());
    return Catalogue.of(commands, completions, StackCommands.surroundings(machine));
  }

  @Bean
  CommandLine commandLine(Catalogue catalogue) {
    return new CommandLine(catalogue);
  }

  @Bean
  AuditLog auditLog(EngineIdentity identity) {
    return new AuditLog(identity.root().resolve("log").resolve("audit.log"), AuditLog.USUAL_SIZE);
  }

  @Bean
  SessionServer sessionServer(CommandLine commandLine, EngineIdentity identity, AuditLog audit) {
    var door = new EngineDoor(EngineSocket.group(identity.run()), audit);
    return new SessionServer(commandLine, identity.build(), EngineProcess::stop, door, audit);
  }
}
