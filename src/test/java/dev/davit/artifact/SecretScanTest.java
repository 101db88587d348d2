package dev.davit.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretScanTest {
  // Put together here, so that nobody takes this file for one that leaks.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS access key ID | key: A3TX~1234567890ABCDEF | A3TX",
        "AWS secret key | AWS_SECRET_ACCESS_KEY: 12345+67890~/abcdefghijklm+NOPQRSTUVWXYZ+ | 1234",
        "Azure storage key | AccountKey=abcdefghijabcdefghijabcdefghijabcdefghij~abcdefghijabcdefghijabcdefghijabcdefghijabcdef== | abcd",
        "Docker access token | dckr_~pat_abcdefghijabcdefghijabcdefg | dckr",
        "GitHub token | GITHUB_TOKEN=ghp_~1234567890abcdefghijklmnopqrstuvwxyz | ghp_",
        "GitLab token | glpat-~abcdefghij0123456789 | glpa",
        "Google API key | AIza~SyA1234567890abcdefghijklmnopqrstuv | AIza",
        "JSON Web Token | a eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9~.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJ | eyJh",
        "npm token | npm_~abcdefghij0123456789abcdefghij012345 | npm_",
        "private key | -----BEGIN DSA PRIVATE~ KEY----- | BEGIN DSA PRIVATE KEY",
        "Slack token | xoxb-~123456789012-abcdefghij | xoxb",
        "Slack webhook | https://hooks.slack.com/services/~T00000000/B00000000/abcdefghij | http",
        "Stripe key | sk_~live_abcdefghij0123456789 | sk_l",
        "URL with a password | postgres://me:pass~word@db/shop | pass"
      })
  void formIsTold(String what, String line, String begin) {
    String text = "# nothing\n" + line.strip().replace("~", "");
    assertEquals(
        List.of("f:2: " + what + " " + begin + "..."),
        SecretScan.of("f", text).stream().map(SecretScan.Found::toString).toList());
  }

  @Test
  void whatOnlyNamesASecretIsNone() {
    String text =
        """
        AWS_SECRET_ACCESS_KEY: ${AWS_SECRET_ACCESS_KEY}
        DATABASE: postgres://me:${PASSWORD}@db/shop
        image: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        -----BEGIN PUBLIC KEY-----
        url: http://localhost:8080/a@b
        """;
    assertEquals(List.of(), SecretScan.of("f", text));
  }
}
