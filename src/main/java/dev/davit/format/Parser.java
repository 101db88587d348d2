package dev.davit.format;

import dev.davit.error.Suggestion;
import dev.davit.format.Lexer.Kind;
import dev.davit.format.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a template into its nodes.
final class Parser {
  private static final Set<String> ENDS = Set.of("end", "else");
  private static final int DEEPEST = 100;

  private final String text;
  private final List<Token> tokens;
  private int at;
  private int depth;

  Parser(String text) {
    this.text = text;
    this.tokens = new Lexer(text).tokens();
  }

  List<Node> parse() {
    List<Node> nodes = nodes();
    if (peek().kind() != Kind.END) {
      throw wrong(
          tokens.get(at + 1), "\"" + tokens.get(at + 1).value() + "\" without a beginning", null);
    }
    return nodes;
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    return tokens.get(Math.min(at++, tokens.size() - 1));
  }

  // Up to the end, or to an action that begins with "end" or "else".
  private List<Node> nodes() {
    var nodes = new ArrayList<Node>();
    while (peek().kind() != Kind.END) {
      if (peek().kind() == Kind.OPEN
          && tokens.get(at + 1).kind() == Kind.WORD
          && ENDS.contains(tokens.get(at + 1).value())) {
        break;
      }
      Token token = next();
      nodes.add(token.kind() == Kind.TEXT ? new Node.Text(token.value()) : action(token));
    }
    return nodes;
  }

  private Node action(Token open) {
    if (++depth > DEEPEST) {
      throw wrong(open, "actions nested more than %d deep".formatted(DEEPEST), null);
    }
    try {
      if (peek().isWord("if") || peek().isWord("with")) {
        return condition(open, next().value().equals("with"));
      } else if (peek().isWord("range")) {
        next();
        return range(open);
      }
      return print();
    } finally {
      depth--;
    }
  }

  private Node print() {
    Optional<String> variable = Optional.empty();
    if (peek().kind() == Kind.VARIABLE
        && (tokens.get(at + 1).is(":=") || tokens.get(at + 1).is("="))) {
      variable = Optional.of(next().value());
      next();
    }
    Node.Pipeline pipeline = pipeline();
    close();
    return new Node.Print(variable, pipeline);
  }

  private Node condition(Token open, boolean moves) {
    Node.Pipeline condition = pipeline();
    close();
    List<Node> then = nodes();
    return new Node.If(condition, moves, then, otherwise(open));
  }

  // {{end}}, {{else}} … {{end}} or {{else if …}}
  private List<Node> otherwise(Token open) {
    if (next().kind() == Kind.END) {
      throw wrong(open, "action without its {{end}}", "write {{end}} behind it");
    }
    Token word = next();
    if (word.isWord("end")) {
      close();
      return List.of();
    }
    if (peek().isWord("if") || peek().isWord("with")) {
      return List.of(condition(open, next().value().equals("with")));
    }
    close();
    List<Node> nodes = nodes();
    if (next().kind() == Kind.END || !next().isWord("end")) {
      throw wrong(word, "{{else}} without its {{end}}", "write {{end}} behind it");
    }
    close();
    return nodes;
  }

  private Node range(Token open) {
    var variables = new ArrayList<String>();
    if (peek().kind() == Kind.VARIABLE
        && (tokens.get(at + 1).is(":=") || tokens.get(at + 1).is(","))) {
      variables.add(next().value());
      if (next().is(",")) {
        variables.add(next().value());
        next();
      }
    }
    Node.Pipeline over = pipeline();
    close();
    List<Node> body = nodes();
    return new Node.Range(variables, over, body, otherwise(open));
  }

  private void close() {
    Token token = next();
    if (token.kind() != Kind.CLOSE) {
      throw wrong(token, "unexpected \"" + token.value() + "\"", null);
    }
  }

  private Node.Pipeline pipeline() {
    var calls = new ArrayList<Node.Call>();
    calls.add(call());
    while (peek().is("|")) {
      next();
      calls.add(call());
    }
    Span span = calls.getFirst().span().to(calls.getLast().span());
    return new Node.Pipeline(calls, span);
  }

  private Node.Call call() {
    Node.Operand first = operand();
    var arguments = new ArrayList<Node.Operand>();
    while (peek().kind() != Kind.CLOSE && !peek().is("|") && !peek().is(")")) {
      arguments.add(operand());
    }
    Span last = arguments.isEmpty() ? first.span() : arguments.getLast().span();
    return new Node.Call(first, arguments, first.span().to(last));
  }

  private Node.Operand operand() {
    Token token = next();
    return switch (token.kind()) {
      case STRING -> new Node.Literal(token.value(), token.span());
      case NUMBER -> new Node.Literal(number(token), token.span());
      case FIELD -> path(token, Optional.empty());
      case VARIABLE -> path(token, Optional.of(token.value()));
      case WORD -> word(token);
      case SIGN -> group(token);
      case TEXT, OPEN, CLOSE, END ->
          throw wrong(token, "value expected", "write a field, {{.Name}}");
    };
  }

  private Node.Operand group(Token open) {
    if (!open.is("(")) {
      throw wrong(open, "unexpected \"" + open.value() + "\"", null);
    }
    if (++depth > DEEPEST) {
      throw wrong(open, "parentheses nested more than %d deep".formatted(DEEPEST), null);
    }
    Node.Pipeline pipeline = pipeline();
    depth--;
    Token close = next();
    if (!close.is(")")) {
      throw wrong(open, "parenthesis that is not closed", null);
    }
    List<Node.Name> fields = fields(new ArrayList<>());
    return new Node.Group(pipeline, fields, open.span().to(close.span()));
  }

  private Node.Operand path(Token token, Optional<String> variable) {
    var fields = new ArrayList<Node.Name>();
    if (variable.isEmpty() && !token.value().isEmpty()) {
      fields.add(new Node.Name(token.value(), token.span()));
    }
    fields(fields);
    Span last = fields.isEmpty() ? token.span() : fields.getLast().span();
    return new Node.Path(variable, fields, token.span().to(last));
  }

  private List<Node.Name> fields(List<Node.Name> fields) {
    while (peek().kind() == Kind.FIELD && !peek().spaced()) {
      Token field = next();
      fields.add(new Node.Name(field.value(), field.span()));
    }
    return fields;
  }

  private Node.Operand word(Token token) {
    return switch (token.value()) {
      case "true" -> new Node.Literal(true, token.span());
      case "false" -> new Node.Literal(false, token.span());
      case "nil" -> new Node.Literal(null, token.span());
      default -> {
        if (!Functions.NAMES.contains(token.value())) {
          throw wrong(
              token,
              "unknown function \"" + token.value() + "\"",
              Suggestion.or(
                  token.value(),
                  Functions.NAMES,
                  "a field has a dot before it: {{." + token.value() + "}}"));
        }
        yield new Node.Function(token.value(), token.span());
      }
    };
  }

  private Object number(Token token) {
    try {
      return token.value().contains(".")
          ? (Object) Double.valueOf(token.value())
          : Long.valueOf(token.value());
    } catch (NumberFormatException e) {
      throw wrong(token, "\"" + token.value() + "\" is no number", null);
    }
  }

  private TemplateException wrong(Token token, String message, @Nullable String help) {
    return new TemplateException(text, token.span(), message, help);
  }
}
