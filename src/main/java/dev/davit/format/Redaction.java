package dev.davit.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes out of a command line what may be a secret: values of variables wherever they stand, of
/// options that carry a secret, passwords in addresses. It takes too much rather than too little: a
/// command line is kept to know who did what, not to be run again.
public final class Redaction {
  static final String DOTS = "•••";

  private static final Set<String> VARIABLES = Set.of("-e", "--env", "--build-arg");
  private static final Set<String> USERS = Set.of("-u", "--user");
  private static final Set<String> HEADERS = Set.of("-H", "--header");
  private static final String SECRET =
      "(?:pass|secret|token|credential|auth|api-?key|private-?key)";
  private static final Pattern SECRET_OPTION =
      Pattern.compile("--?[a-z0-9-]*" + SECRET + "[a-z0-9-]*", Pattern.CASE_INSENSITIVE);
  private static final Pattern LONG_OPTION = Pattern.compile("(--?[A-Za-z][\\w-]*)=(.*)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.-]*");
  // Ports and numbers; else it may be a password, as mysql has it.
  private static final Pattern SHORT_PASSWORD = Pattern.compile("-p(?![\\d.:-]*(?:/\\w+)?$).+");
  // At the beginning of a word, of an option's value, or of an assignment in a script.
  private static final Pattern VARIABLE =
      Pattern.compile("(^|[\\s;&|?(=,'\"])(" + NAME + ")=(\"[^\"]*\"|'[^']*'|[^\\s;&|]+)");
  private static final Pattern WHOLE_VARIABLE = Pattern.compile(NAME + "=.*", Pattern.DOTALL);
  private static final Pattern IN_ADDRESS = Pattern.compile("(\\w://[^/\\s:@]*:)[^/\\s@]+@");
  // JSON, YAML, a header of HTTP.
  private static final Pattern FIELD =
      Pattern.compile("(" + SECRET + "[\\w-]*[\"']?\\s*:\\s*)[^,}]+", Pattern.CASE_INSENSITIVE);

  private Redaction() {}

  /// The words with dots in place of what may be a secret.
  public static List<String> of(List<String> words) {
    boolean login = words.contains("login");
    var safe = new ArrayList<String>();
    String option = "";
    for (String word : words) {
      boolean value = takesSecret(option, login);
      safe.add(value ? valueOf(option, word) : word(word));
      option = value ? "" : word;
    }
    return safe;
  }

  private static boolean takesSecret(String option, boolean login) {
    return VARIABLES.contains(option)
        || USERS.contains(option)
        || HEADERS.contains(option)
        || (login && option.equals("-p"))
        || SECRET_OPTION.matcher(option).matches();
  }

  private static String word(String word) {
    Matcher option = LONG_OPTION.matcher(word);
    if (option.matches()) {
      String name = option.group(1);
      String value = option.group(2);
      return name + "=" + (takesSecret(name, false) ? valueOf(name, value) : inside(value));
    }
    if (SHORT_PASSWORD.matcher(word).matches()) {
      return "-p" + DOTS;
    }
    boolean glued = word.startsWith("-e") && word.contains("=");
    return glued || WHOLE_VARIABLE.matcher(word).matches() ? upTo(word, '=') : inside(word);
  }

  private static String valueOf(String option, String word) {
    if (VARIABLES.contains(option)) {
      boolean hasName = NAME.matcher(word.split("=", 2)[0]).matches();
      return hasName ? (word.contains("=") ? upTo(word, '=') : word) : DOTS;
    }
    if (USERS.contains(option) || HEADERS.contains(option)) {
      return word.contains(":") ? upTo(word, ':') : word;
    }
    return DOTS;
  }

  // What stands before the first `sign` is a name and worth keeping.
  private static String upTo(String word, char sign) {
    return word.substring(0, word.indexOf(sign) + 1) + DOTS;
  }

  private static String inside(String word) {
    String hidden = VARIABLE.matcher(word).replaceAll("$1$2=" + DOTS);
    hidden = IN_ADDRESS.matcher(hidden).replaceAll("$1" + DOTS + "@");
    return FIELD.matcher(hidden).replaceAll("$1" + DOTS);
  }
}
