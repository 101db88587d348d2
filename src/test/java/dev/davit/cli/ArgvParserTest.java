package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

class ArgvParserTest {
  private static final ArgvParser PARSER =
      new ArgvParser(Catalogue.of(List.of(new Commands()), Map.of()));

  /// Commands in docker compose's shapes.
  static final class Commands {
    @Command(name = "up")
    void up(
        @Option(shortName = 'd') boolean detach,
        @Option boolean build,
        @Option(longName = "no-start") boolean noStart,
        @Option List<String> scale,
        @Option(shortName = 't', defaultValue = "10") int timeout,
        @Option boolean force,
        @Arguments List<String> services) {}

    @Command(name = "run")
    @Usage(value = "SERVICE [COMMAND] [ARGS...]", stopAtFirstArgument = true)
    void run(
        @Option(shortName = 'i') boolean interactive,
        @Option(shortName = 't') boolean tty,
        @Option boolean rm,
        @Option(shortName = 'e') List<String> env,
        @Argument(index = 0) String service,
        @Arguments List<String> command) {}

    @Command(name = {"volume", "ls"})
    void volumes(@Option(shortName = 'q') boolean quiet) {}

    @Command(name = "config", alias = "convert")
    void config(@Arguments List<String> services) {}

    @Command(name = {"config", "show"})
    void configShow() {}

    @Command(name = "logs")
    void logs(@Option(shortName = 'f') boolean follow, @Option(shortName = 'n') String tail) {}
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "up -d web db                   | up [] detach=true [web, db]",
        "up web -d db                   | up [] detach=true [web, db]",
        "-f a -p x up -d web            | up [file=a, project-name=x] detach=true [web]",
        "-fa.yaml --file=b up           | up [file=a.yaml, file=b]  []",
        "--profile a --profile b up     | up [profile=a, profile=b]  []",
        "up --scale a=2 --scale b=3     | up [] scale=a=2 scale=b=3 []",
        "run -e A=1,2 -eB=2 web         | run [] env=A=1,2 env=B=2 [web]",
        "run -it web sh                 | run [] interactive=true tty=true [web, sh]",
        "run -i -t --rm web sh          | run [] interactive=true tty=true rm=true [web, sh]",
        "run web sh -c ls --help        | run []  [web, sh, -c, ls, --help]",
        "run -- web sh -c ls            | run []  [web, sh, -c, ls]",
        "run --rm=true -- web sh -c ls  | run [] rm=true [web, sh, -c, ls]",
        "run web -- ls                  | run []  [web, ls]",
        "run web sh -- ls               | run []  [web, sh, --, ls]",
        "volume ls -q                   | volume ls [] quiet=true []",
        "up --build=false               | up [] build=false []",
        "up --no-build                  | up [] build=false []",
        "up --no-start                  | up [] no-start=true []",
        "up -d=false -t5                | up [] detach=false timeout=5 []",
        "up -dt 5                       | up [] detach=true timeout=5 []",
        "config con                     | config []  [con]",
        "config show                    | config show []  []",
        "convert web                    | config []  [web]",
        "logs -fn 5                     | logs [] follow=true tail=5 []",
        "-f x logs -f                   | logs [file=x] follow=true []",
        "up -- -d                       | up []  [-d]",
        "up -                           | up []  [-]",
      })
  void parse(String argv, String expected) {
    assertEquals(expected, print(PARSER.parse(words(argv))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "''                  | help:",
        "--help              | help:",
        "help                | help:",
        "help up             | help:up",
        "up -d --help        | help:up",
        "up -h               | help:up",
        "volume              | help:volume",
        "volume --help       | help:volume",
        "help volume ls      | help:volume ls",
      })
  void parseAsksForHelp(String argv, String expected) {
    assertEquals(expected, print(PARSER.parse(argv.equals("''") ? List.of() : words(argv))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "up --unknown web  | unknown option \"--unknown\"      | see 'davit up --help'",
        "up --forec        | unknown option \"--forec\"        | did you mean \"--force\"?",
        "run -ix web       | unknown option \"-x\" in \"-ix\"  | see 'davit run --help'",
        "up -x             | unknown option \"-x\"             | see 'davit up --help'",
        "up --scale        | option \"--scale\" needs a value  | see 'davit up --help'",
        "logs -n           | option \"-n\" needs a value       | see 'davit logs --help'",
        "up --no-build=1   | option \"--no-build\" takes no value | see 'davit up --help'",
        "uup               | unknown command \"uup\"           | did you mean \"up\"? see 'davit --help'",
        "xyzzy             | unknown command \"xyzzy\"         | see 'davit --help'",
        "volume lss        | unknown command \"volume lss\"    | did you mean \"ls\"? see 'davit volume --help'",
        "help nothing      | unknown command \"nothing\"       | see 'davit --help'",
        "--fil x up        | unknown option \"--fil\"          | did you mean \"--file\"?",
      })
  void parseOfBadUsageSaysWhatToDo(String argv, String message, String action) {
    var e = assertThrows(UsageException.class, () -> PARSER.parse(words(argv)));
    assertEquals(message, e.getMessage());
    assertEquals(action, e.action().orElse(""));
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  private static String print(Parsed parsed) {
    return switch (parsed) {
      case Parsed.Help(String topic) -> "help:" + topic;
      case Parsed.Run run -> {
        var options = run.input().options().stream().map(o -> o.longName() + "=" + o.value());
        var globals = run.globals().stream().map(o -> o.longName() + "=" + o.value());
        var arguments = run.input().arguments().stream().map(CommandArgument::value);
        yield run.command().getName()
            + " "
            + globals.toList()
            + " "
            + String.join(" ", options.toList())
            + " "
            + arguments.toList();
      }
    };
  }
}
