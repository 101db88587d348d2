package dev.davit.compose.load;

import dev.davit.error.Code;
import dev.davit.error.Problem;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class StrictTest {
  private static final LoadOptions STRICT = LoadOptions.ALL.strict(true);

  @Test
  void whatIsNotHonouredIsAnErrorToTheStrict() {
    Stack odd = Stack.web("tty: on\nsecurity_opt: [writable-cgroups=true]");
    var error = Assertions.assertThrows(ComposeFileException.class, () -> odd.load(STRICT));
    Assertions.assertEquals(List.of(Code.NOT_SUPPORTED), codes(error));
    Assertions.assertEquals(List.of(), Stack.web("tty: true").load(STRICT).warnings());
  }

  private static List<Code> codes(ComposeFileException error) {
    return error.problems().stream().map(Problem::code).toList();
  }
}
