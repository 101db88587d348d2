package dev.davit.artifact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for what is a secret by its very form: keys and tokens whose issuers give them a form that
/// can be told, and values behind names that say what they are.
final class SecretScan {
  private static final int SHOWN = 4;

  private static final Map<String, Pattern> FORMS = new LinkedHashMap<>();

  static {
    form(
        "AWS access key ID",
        "\\b(?:A3T[A-Z0-9]|A(?:KIA|SIA|GPA|IDA|ROA|IPA|NPA|NVA))[A-Z0-9]{16}\\b");
    form(
        "AWS secret key",
        "(?i)aws.{0,20}(?:secret|private|access).{0,20}[\"':= ]([0-9a-z/+]{40})(?![0-9a-z/+=])");
    form("Azure storage key", "AccountKey=([A-Za-z0-9+/]{86}==)");
    form("Docker access token", "\\bdckr_[po]at_[A-Za-z0-9_-]{20,}");
    form("GitHub token", "\\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})");
    form("GitLab token", "\\bgl(?:pat|dt|rt|ptt|soat)-[A-Za-z0-9_-]{20,}");
    form("Google API key", "\\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])");
    form("JSON Web Token", "\\beyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*");
    form("npm token", "\\bnpm_[A-Za-z0-9]{36}\\b");
    form("private key", "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----");
    form("Slack token", "\\bxox[abeoprs]-[A-Za-z0-9-]{10,}");
    form("Slack webhook", "https://hooks\\.slack\\.com/services/[A-Za-z0-9/]{20,}");
    form("Stripe key", "\\b[rs]k_live_[A-Za-z0-9]{20,}");
    form("URL with a password", "\\b[a-z][a-z0-9+.-]{1,20}://[^/\\s:@\"'$]*:([^/\\s:@\"'$]+)@");
  }

  private SecretScan() {}

  private static void form(String what, String pattern) {
    FORMS.put(what, Pattern.compile(pattern));
  }

  /// A line that has a secret, and enough of it to find it again.
  record Found(String what, String file, int line, String begin) {
    @Override
    public String toString() {
      return file + ":" + line + ": " + what + " " + begin + "...";
    }
  }

  /// @param file what the text is called
  static List<Found> of(String file, String text) {
    var found = new ArrayList<Found>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int number = i + 1;
      FORMS.forEach(
          (what, form) -> {
            Matcher matcher = form.matcher(line);
            while (matcher.find()) {
              found.add(new Found(what, file, number, begin(matcher)));
            }
          });
    }
    return found;
  }

  private static String begin(Matcher matcher) {
    String secret = matcher.group(matcher.groupCount() == 0 ? 0 : 1);
    return secret.startsWith("-----")
        ? secret.replace("-----", "")
        : secret.substring(0, Math.min(SHOWN, secret.length() / 2));
  }
}
