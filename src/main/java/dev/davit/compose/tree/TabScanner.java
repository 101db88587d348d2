package dev.davit.compose.tree;

import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerException;
import org.yaml.snakeyaml.tokens.Token;

/// Tabs between a key and its value are blanks. SnakeYAML knows no tabs but those in text, and
/// stops in front of one; then this steps over it.
final class TabScanner implements Scanner {
  private static final Token.ID[] ANY = {};

  private final Scanner scanner;
  private final StreamReader reader;
  private final Predicate<Mark> isBlank;

  /// @param scanner reads from `reader`
  /// @param isBlank whether the tab at a mark is no indentation
  TabScanner(Scanner scanner, StreamReader reader, Predicate<Mark> isBlank) {
    this.scanner = scanner;
    this.reader = reader;
    this.isBlank = isBlank;
  }

  @Override
  public boolean checkToken(Token.ID... choices) {
    return overTabs(Scanner::checkToken, choices);
  }

  @Override
  public Token peekToken() {
    return overTabs((it, _) -> it.peekToken(), ANY);
  }

  @Override
  public Token getToken() {
    return overTabs((it, _) -> it.getToken(), ANY);
  }

  @Override
  public void resetDocumentIndex() {
    scanner.resetDocumentIndex();
  }

  /// The scanner reads on before it answers: where it stops it has not answered yet.
  private <T> T overTabs(BiFunction<Scanner, Token.ID[], T> question, Token.ID[] choices) {
    while (true) {
      try {
        return question.apply(scanner, choices);
      } catch (ScannerException e) {
        if (reader.peek() != '\t' || !isBlank.test(e.getProblemMark())) {
          throw e;
        }
        reader.forward();
      }
    }
  }
}
