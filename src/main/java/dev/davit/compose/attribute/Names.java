package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.alwaysList;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.checkedOrEmpty;
import static dev.davit.compose.attribute.KeyValues.LABELS;

import dev.davit.compose.text.MalformedException;
import dev.davit.error.Code;
import java.util.List;
import java.util.regex.Pattern;

/// What containers are called and marked with.
final class Names {
  private static final Pattern HOSTNAME =
      Pattern.compile("[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?(\\.[a-zA-Z0-9_-]{1,63})*");

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("annotations", LABELS).noEffect("there is no OCI runtime to read them"),
          attribute("container_name", checked("a name", Names::containerName)),
          attribute("domainname", STRING),
          attribute("hostname", checkedOrEmpty("a host name", Names::hostname)),
          attribute("label_file", alwaysList(STRING.onHost())).unhashed(),
          attribute("labels", LABELS));

  private Names() {}

  private static void containerName(String text) {
    if (!text.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
      throw MalformedException.invalid(
          Code.INVALID_NAME,
          "container name",
          text,
          "use letters, digits, _ . - and begin with a letter or digit");
    }
  }

  private static void hostname(String text) {
    if (text.length() > 253 || !HOSTNAME.matcher(text).matches()) {
      throw MalformedException.invalid(
          Code.INVALID_NAME, "host name", text, "use letters, digits and hyphens");
    }
  }
}
