package dev.davit;

import dev.davit.cli.Catalogue;
import dev.davit.cli.CommandLine;
import dev.davit.cli.EngineCommands;
import dev.davit.cli.EngineIdentity;
import dev.davit.cli.SessionServer;
import dev.davit.error.DavitException;
import java.util.List;
import java.util.Map;
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
  CommandLine commandLine(EngineCommands engine) {
    return new CommandLine(Catalogue.of(List.of(engine), Map.of()));
  }

  @Bean
  SessionServer sessionServer(CommandLine commandLine, EngineIdentity identity) {
    return new SessionServer(commandLine, identity.build(), EngineProcess::stop);
  }
}
