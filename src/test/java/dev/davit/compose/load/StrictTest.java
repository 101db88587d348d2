package dev.davit.compose.load;

import dev.davit.error.Code;
import dev.davit.error.Problem;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class StrictTest {
  @Test
  void whatIsNotHonouredIsAnErrorToTheStrict() {
    LoadResult odd = Stack.web("tty: on\nsecurity_opt: [label:disable]").load();
    var error = Assertions.assertThrows(ComposeFileException.class, odd::strict);
    Assertions.assertEquals(List.of(Code.NOT_SUPPORTED), codes(error));
    LoadResult plain = Stack.web("tty: true").load();
    Assertions.assertSame(plain, plain.strict());
  }

  private static List<Code> codes(ComposeFileException error) {
    return error.problems().stream().map(Problem::code).toList();
  }
}
