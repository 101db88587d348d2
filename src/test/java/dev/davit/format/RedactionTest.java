package dev.davit.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  private static String safe(String line) {
    return String.join(" ", Redaction.of(List.of(line.split(" ", -1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          up -d --scale web=3                      | up -d --scale web=•••
          run -e TOKEN=abc web                     | run -e TOKEN=••• web
          run -e TOKEN web                         | run -e TOKEN web
          run -eTOKEN=abc web                      | run -eTOKEN=••• web
          run --env TOKEN=a=b web                  | run --env TOKEN=••• web
          run --env=TOKEN=abc web                  | run --env=TOKEN=••• web
          build --build-arg KEY=abc .              | build --build-arg KEY=••• .
          login -u anna -p hunter2 host            | login -u anna -p ••• host
          login -u anna --password hunter2 host    | login -u anna --password ••• host
          login --password=hunter2 host            | login --password=••• host
          login --password-stdin host              | login --password-stdin •••
          -p shop ps                               | -p shop ps
          run -p 8080:80 web                       | run -p 8080:80 web
          run -p8080:80/udp web                    | run -p8080:80/udp web
          exec db mysql -psecret                   | exec db mysql -p•••
          exec db redis-cli --auth secret get x    | exec db redis-cli --auth ••• get x
          exec web curl -u anna:secret http://x/   | exec web curl -u anna:••• http://x/
          exec web curl http://anna:secret@x/y     | exec web curl http://anna:•••@x/y
          exec web curl http://x/?token=abc&b=c    | exec web curl http://x/?token=•••&b=•••
          exec web env A=1 B=2 sh                  | exec web env A=••• B=••• sh
          exec web tool --api-key abc              | exec web tool --api-key •••
          exec web tool --client-secret=abc        | exec web tool --client-secret=•••
          push registry.example/shop/web:1         | push registry.example/shop/web:1
          """)
  void valuesThatMayBeSecretAreDots(String line, String safe) {
    assertEquals(safe, safe(line));
  }

  @Test
  void wordsWithBlanksAreLookedInto() {
    assertEquals(
        List.of("exec", "db", "sh", "-c", "export PGPASSWORD=•••; A=••• psql"),
        Redaction.of(List.of("exec", "db", "sh", "-c", "export PGPASSWORD=hunter2; A='b c' psql")));
    assertEquals(
        List.of("curl", "-H", "Authorization:•••", "-d", "{\"password\": •••, \"user\": \"x\"}"),
        Redaction.of(
            List.of(
                "curl",
                "-H",
                "Authorization: Bearer abc",
                "-d",
                "{\"password\": \"abc\", \"user\": \"x\"}")));
  }

  @Test
  void secretOfSeveralLinesGoesAsAWhole() {
    assertEquals(List.of("-e", "KEY=•••"), Redaction.of(List.of("-e", "KEY=one\ntwo\nthree")));
    assertEquals(List.of("x", "KEY=•••"), Redaction.of(List.of("x", "KEY=\"one\ntwo\"")));
    assertEquals(List.of("x", "KEY=•••"), Redaction.of(List.of("x", "KEY=one two")));
  }
}
