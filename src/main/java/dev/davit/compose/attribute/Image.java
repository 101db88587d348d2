package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;

import dev.davit.compose.text.MalformedException;
import dev.davit.error.Code;
import java.util.List;

/// What a container is made of.
final class Image {
  private static final Form PULL_POLICY =
      Forms.checked("a pull policy", Image::pullPolicy)
          .notYet("pull policy", it -> it.equals("build"), "up refuses the service");

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("image", STRING),
          attribute("platform", STRING),
          attribute("pull_policy", PULL_POLICY).unhashed(),
          attribute("pull_refresh_after", STRING).noEffect("pull_policy says it").unhashed(),
          Build.BUILD);

  private Image() {}

  private static void pullPolicy(String text) {
    String words = "always|never|build|if_not_present|missing|refresh|daily|weekly";
    if (!text.matches(words + "|every_(\\d+[wdhms])+")) {
      throw MalformedException.invalid(
          Code.INVALID_POLICY,
          "pull policy",
          text,
          "write always, missing, never, daily or every_12h");
    }
  }
}
