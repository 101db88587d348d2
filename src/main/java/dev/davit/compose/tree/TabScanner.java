package dev.davit.compose.tree;

import java.util.function.Predicate;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerException;
import org.yaml.snakeyaml.tokens.Token;

/// Tabs between a key and its value are blanks. SnakeYAML knows no tabs but those in text, and
/// stops in front of one; then this steps over it.
final class TabScanner implements Scanner {
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
    stepOverTabs();
    return scanner.checkToken(choices);
  }

  @Override
  public Token peekToken() {
    stepOverTabs();
    return scanner.peekToken();
  }

  @Override
  public Token getToken() {
    stepOverTabs();
    return scanner.getToken();
  }

  @Override
  public void resetDocumentIndex() {
    scanner.resetDocumentIndex();
  }

  private void stepOverTabs() {
    while (true) {
      try {
        scanner.checkToken();
        return;
      } catch (ScannerException e) {
        if (reader.peek() != '\t' || !isBlank.test(e.getProblemMark())) {
          throw e;
        }
        reader.forward();
      }
    }
  }
}
