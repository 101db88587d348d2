package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.Code;
import dev.davit.test.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainErrorCommandTest {
  private final TestSession session = TestSession.withStdin("");
  private final Catalogue catalogue =
      Catalogue.of(
          List.of(new ExplainErrorCommand()), Map.of("codes", _ -> ExplainErrorCommand.codes()));

  @Test
  void explainErrorPrintsTextAndExamples() {
    assertEquals(0, session.run(catalogue, "explain-error", "DV0102", "error[dv0202]"));
    Golden.check("cli/explain-error.txt", session.out());
  }

  @Test
  void explainErrorWithoutCodeListsAll() {
    assertEquals(0, session.run(catalogue, "explain-error"));
    assertEquals(Code.values().length, session.out().lines().count());
    assertTrue(session.out().contains("DV0102  unknown attribute\n"), session.out());
  }

  @Test
  void explainErrorOfAnUnknownCodeSaysSo() {
    assertEquals(1, session.run(catalogue, "explain-error", "DV9999"));
    assertTrue(session.err().contains("unknown code \"DV9999\""), session.err());
  }

  @Test
  void codesAreCompleted() {
    Offer offer = new Completing(catalogue).at(List.of("explain-error"), "", session.session());
    List<String> offered = offer.words().stream().map(Offer.Word::value).toList();
    assertEquals(ExplainErrorCommand.codes(), offered);
  }
}
