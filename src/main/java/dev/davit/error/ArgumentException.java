package dev.davit.error;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A word of the command line that cannot be.
public class ArgumentException extends DavitException {
  private static final long serialVersionUID = 1L;

  private static final Set<Code> NOT_FOUND = Set.of(Code.NO_SUCH_SERVICE, Code.NO_SUCH_FILE);

  private final Code code;
  private final @Nullable String word;

  /// @param word as it was given, or null where something is missing
  public ArgumentException(
      Code code, String message, @Nullable String action, @Nullable String word) {
    super(NOT_FOUND.contains(code) ? Kind.NOT_FOUND : Kind.INVALID, message, action);
    this.code = code;
    this.word = word;
  }

  /// A name of a service that there is none of.
  ///
  /// @param known the names that there are
  public static ArgumentException noSuchService(String name, Collection<String> known) {
    String all = known.isEmpty() ? null : "the project has " + String.join(", ", known);
    String near = Suggestion.of(name, known);
    return new ArgumentException(
        Code.NO_SUCH_SERVICE, "no such service: \"" + name + "\"", near == null ? all : near, name);
  }

  /// A profile that no service has.
  ///
  /// @param known those that there are
  public static ArgumentException noSuchProfile(String name, Collection<String> known) {
    String all =
        known.isEmpty()
            ? "no service has profiles"
            : "the profiles are " + String.join(", ", known);
    return new ArgumentException(
        Code.UNKNOWN_PROFILE,
        "no service has the profile \"" + name + "\"",
        Suggestion.or(name, known, all),
        name);
  }

  public Code code() {
    return code;
  }

  public Optional<String> word() {
    return Optional.ofNullable(word);
  }
}
