package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Forms.single;

import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Scalar;
import dev.davit.error.Code;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Permission bits: octal in quotes or with a leading zero; other numbers of YAML are decimal.
final class Modes {
  private static final Set<Scalar.Type> TYPES =
      EnumSet.of(Scalar.Type.TEXT, Scalar.Type.INTEGER, Scalar.Type.DECIMAL);

  /// Of a file.
  static final Form OF_FILE =
      single("an octal mode", TYPES, it -> Scalar.text("0%o".formatted(mode(it)), it.place()))
          .remarked(Modes::decimal);

  /// Of a tmpfs: a number, while the modes of files are text.
  static final Form OF_TMPFS =
      single(
              "an octal mode",
              TYPES,
              it -> new Scalar(Scalar.Type.INTEGER, "0o%o".formatted(mode(it)), it.place()))
          .remarked(Modes::decimal);

  private Modes() {}

  private static int mode(Scalar scalar) {
    return scalar.type() == Scalar.Type.INTEGER
        ? Numbers.mode(scalar.text())
        : Numbers.octal(scalar.text());
  }

  private static Optional<Remark> decimal(Scalar scalar) {
    String text = scalar.text();
    return scalar.type() == Scalar.Type.INTEGER && text.matches("[1-7][0-7]{2,3}") && isUsual(text)
        ? Optional.of(
            new Remark(
                Code.DECIMAL_MODE,
                "mode %s is a decimal number, 0%o in octal".formatted(text, mode(scalar)),
                "write 0" + text))
        : Optional.empty();
  }

  /// Others may not do what the group may not, nor the group what the owner may not.
  private static boolean isUsual(String octal) {
    int mode = Numbers.octal(octal);
    int owner = mode >> 6 & 7;
    int group = mode >> 3 & 7;
    int others = mode & 7;
    return (others & ~group) == 0 && (group & ~owner) == 0;
  }
}
