package dev.davit.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One challenge of a `WWW-Authenticate` header (RFC 9110, section 11.6.1).
///
/// @param scheme in lower case: `bearer`, `basic`
/// @param parameters names in lower case
record Challenge(String scheme, Map<String, String> parameters) {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern PARAMETER =
      Pattern.compile("\\G(" + TOKEN + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(" + TOKEN + "))");
  private static final Pattern SCHEME =
      Pattern.compile("\\G(" + TOKEN + ")(?:\\s+(?=[^\\s,])|\\s*(?=,|$))");
  private static final Pattern TOKEN68 = Pattern.compile("\\G[A-Za-z0-9._~+/-]+=*\\s*(?=,|$)");
  private static final Pattern COMMAS = Pattern.compile("\\G[\\s,]+");

  Challenge {
    parameters = Map.copyOf(parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  /// The challenges of all headers, in their order; what cannot be read ends its header.
  static List<Challenge> parse(List<String> headers) {
    var found = new ArrayList<Challenge>();
    headers.forEach(header -> parse(header, found));
    return found;
  }

  static Optional<Challenge> find(List<Challenge> challenges, String scheme) {
    return challenges.stream().filter(it -> it.scheme.equals(scheme)).findFirst();
  }

  private static void parse(String header, List<Challenge> found) {
    int at = skip(header, 0);
    while (at < header.length()) {
      Matcher scheme = SCHEME.matcher(header);
      if (!scheme.find(at)) {
        return;
      }
      at = scheme.end();
      var parameters = new LinkedHashMap<String, String>();
      Matcher parameter = PARAMETER.matcher(header);
      while (at < header.length() && parameter.find(at)) {
        parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value(parameter));
        at = skip(header, parameter.end());
      }
      found.add(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
      Matcher token = TOKEN68.matcher(header);
      if (parameters.isEmpty() && at < header.length() && token.find(at)) {
        at = token.end();
      }
      at = skip(header, at);
    }
  }

  private static int skip(String header, int at) {
    Matcher commas = COMMAS.matcher(header);
    return at < header.length() && commas.find(at) ? commas.end() : at;
  }

  private static String value(Matcher parameter) {
    String quoted = parameter.group(2);
    return quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
  }
}
