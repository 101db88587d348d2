package dev.davit.cli.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.davit.format.Redaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// One line of the audit log.
///
/// @param login empty where it is as `user`, or unknown
/// @param command the words after `davit` without secrets; empty where the caller was turned away
/// @param note what is to be known beside, such as lines that were lost
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuditEntry(
    Instant time, int uid, String user, String login, int pid, List<String> command, String note) {
  // No command line is worth more of the disk.
  private static final int LONGEST = 8_000;
  private static final JsonMapper JSON = new JsonMapper();

  public AuditEntry {
    // What is empty is not written.
    login = Objects.requireNonNullElse(login, "");
    user = Objects.requireNonNullElse(user, "");
    note = Objects.requireNonNullElse(note, "");
    command = List.copyOf(Objects.requireNonNullElse(command, List.of()));
  }

  static AuditEntry of(Caller caller, List<String> words, Instant now) {
    return new AuditEntry(
        now,
        caller.uid(),
        caller.user(),
        caller.login().equals(caller.user()) ? "" : caller.login(),
        caller.pid(),
        shortened(Redaction.of(words)),
        "");
  }

  private static List<String> shortened(List<String> words) {
    int left = LONGEST;
    for (int i = 0; i < words.size(); i++) {
      left -= words.get(i).length() + 1;
      if (left < 0) {
        var some = new ArrayList<>(words.subList(0, i));
        some.add("…");
        return some;
      }
    }
    return words;
  }

  String print() {
    return JSON.writeValueAsString(this);
  }

  /// What [#print] has made; empty for what it has not.
  static Optional<AuditEntry> parse(String line) {
    try {
      return Optional.of(JSON.readValue(line, AuditEntry.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
