package dev.davit.cli.provider;

import dev.davit.cli.CommandEnded;
import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.compose.Project;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.format.Neutral;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/// Runs a provider's program to its end, or until the session is interrupted: that ends the
/// command, with the signal's exit code.
final class ProviderRun {
  private static final JsonMapper JSON = new JsonMapper();

  private final Session session;
  private final Project project;
  private volatile Optional<Signal> interrupt = Optional.empty();

  ProviderRun(Session session, Project project) {
    this.session = session;
    this.project = project;
  }

  /// What the program says on its stdout, one after the other.
  record Message(String type, String text) {}

  /// Everything that it prints; nothing where it fails.
  String output(List<String> words) {
    try {
      Process process = start(words);
      var errors = drain(process, _ -> {});
      String text =
          run(
              process,
              () -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      errors.join();
      return process.exitValue() == 0 ? text : "";
    } catch (IOException | JacksonException e) {
      return "";
    }
  }

  /// Hands on its messages, and what it prints to stderr, by lines. Throws where it fails, or says
  /// what is no message.
  void messages(List<String> words, Consumer<Message> messages, Consumer<String> stderr) {
    try {
      Process process = start(words);
      var errors = drain(process, stderr);
      run(
          process,
          () -> {
            read(process.getInputStream(), messages);
            return "";
          });
      errors.join();
      if (process.exitValue() != 0) {
        throw new DavitException(
            Kind.UNAVAILABLE, "its program exited with status " + process.exitValue());
      }
    } catch (JacksonException e) {
      throw new DavitException(
          Kind.INVALID, "its program printed what is no JSON message: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new DavitException(Kind.UNAVAILABLE, "its program cannot be run: " + e.getMessage());
    }
  }

  private interface Reading {
    String read() throws IOException;
  }

  private Process start(List<String> words) throws IOException {
    var builder = new ProcessBuilder(words);
    builder.directory(session.cwd().toFile()).redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(project.environment());
    return builder.start();
  }

  private String run(Process process, Reading reading) throws IOException {
    session.onSignal(
        signal -> {
          interrupt = Optional.of(signal);
          end(process);
        });
    try {
      String text = reading.read();
      process.waitFor();
      endIfInterrupted();
      return text;
    } catch (IOException | RuntimeException e) {
      // What it was saying breaks off where it is ended.
      endIfInterrupted();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "interrupted");
    } finally {
      end(process);
      session.signalsEndIt();
    }
  }

  private void endIfInterrupted() {
    interrupt.map(Signal::exitCode).ifPresent(CommandEnded::unless);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private static CompletableFuture<Void> drain(Process process, Consumer<String> lines) {
    return CompletableFuture.runAsync(
        () -> {
          try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            reader.lines().map(Neutral::text).forEach(lines);
          } catch (IOException | java.io.UncheckedIOException gone) {
            // it has ended
          }
        },
        Thread::startVirtualThread);
  }

  private static void read(InputStream in, Consumer<Message> messages) {
    try (MappingIterator<JsonNode> nodes = JSON.readerFor(JsonNode.class).readValues(in)) {
      while (nodes.hasNextValue()) {
        JsonNode node = nodes.nextValue();
        messages.accept(
            new Message(node.path("type").asString(""), node.path("message").asString("")));
      }
    }
  }
}
