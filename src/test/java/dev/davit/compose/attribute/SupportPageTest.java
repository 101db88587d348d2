package dev.davit.compose.attribute;

import dev.davit.test.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SupportPageTest {
  @Test
  void pageSaysWhatTheSchemaSays() {
    Golden.check(Path.of("docs/compose-support.md"), SupportPage.text());
  }
}
