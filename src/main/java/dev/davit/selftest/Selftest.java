package dev.davit.selftest;

import dev.davit.error.DavitException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// The checks, one after the other.
public final class Selftest {
  private static final String REMAINS = "nothing is left behind";
  private static final String REMAINS_MEANING =
      "What Davit makes piles up on this machine: report what is left.";

  private final Equipment equipment;

  public Selftest(Equipment equipment) {
    this.equipment = equipment;
  }

  /// A check that was tried.
  ///
  /// @param meaning what it means if it fails
  public record Tried(String name, Verdict verdict, String meaning) {}

  /// Tries the checks, also those of isolation if `security`; nothing is left afterwards.
  ///
  /// @param cancelled completes when it is to end early; what was not tried is missing then
  public List<Tried> run(boolean security, CompletableFuture<Void> cancelled) {
    var tried = new ArrayList<Tried>();
    Remains remains = Remains.watch(equipment);
    List<String> traces;
    List<Integer> ports;
    try (var laboratory = new Laboratory(equipment, cancelled)) {
      for (Check check : checks(security)) {
        Verdict verdict = verdict(check, laboratory);
        if (cancelled.isDone()) {
          break;
        }
        tried.add(new Tried(check.name(), verdict, check.meaning()));
      }
      traces = laboratory.traces();
      ports = laboratory.ports();
    }
    Verdict left = Verdict.of(remains.left(traces, ports));
    tried.add(new Tried(REMAINS, left, REMAINS_MEANING));
    return tried;
  }

  static List<Check> checks(boolean security) {
    return Stream.concat(
            Stream.of(LifeChecks.all(), NetworkChecks.usual()),
            security
                ? Stream.of(
                    ExecutableChecks.all(),
                    PlaceChecks.all(),
                    SystemFileChecks.all(),
                    PrivilegeChecks.all(),
                    SyscallChecks.all(),
                    DeviceChecks.all(),
                    SecretChecks.all(),
                    NetworkChecks.security())
                : Stream.of())
        .flatMap(List::stream)
        .toList();
  }

  private static Verdict verdict(Check check, Laboratory laboratory) {
    try {
      return check.trial().run(laboratory);
    } catch (DavitException | UncheckedIOException e) {
      return Verdict.failed(String.valueOf(e.getMessage()));
    }
  }
}
