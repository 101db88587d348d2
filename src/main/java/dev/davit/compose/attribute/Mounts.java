package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.BYTES;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.oneOrMore;
import static dev.davit.compose.attribute.Forms.word;
import static dev.davit.compose.attribute.Forms.wordOrEmpty;
import static dev.davit.compose.attribute.KeyValues.LABELS;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.TmpfsText;
import dev.davit.compose.text.VolumeText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// `volumes` and `tmpfs` of a service.
final class Mounts {
  private static final Form RECURSIVE =
      word("recursive", "enabled", "disabled", "writable", "readonly");

  private static final Form SUBPATH = checked("a path", Mounts::inside);

  private static final Form BIND =
      object(
          attribute("propagation", wordOrEmpty("propagation", VolumeText.PROPAGATIONS)),
          attribute("create_host_path", FLAG).otherwise(true),
          attribute("recursive", RECURSIVE),
          attribute(
              "selinux",
              word("selinux option", "z", "Z")
                  .noEffect("mount option", _ -> true, "davit sets no SELinux labels")));

  private static final Form NAMED =
      object(attribute("nocopy", FLAG), attribute("labels", LABELS), attribute("subpath", SUBPATH));

  private static final Form TMPFS =
      object(attribute("size", BYTES), attribute("mode", Modes.OF_TMPFS));

  private static final Form TYPE =
      word("mount type", "bind", "volume", "tmpfs", "image", "cluster", "npipe")
          .notYet("mount type", it -> it.equals("cluster"), "up refuses the service")
          .noEffect("mount type", it -> it.equals("npipe"), "it is for Windows");

  private static final Support UNSHARED =
      new Support.NoEffect("files of the machine are not shared over a network");

  private static final Support LEFT_OUT = new Support.NotYet("it is left out");

  private static final Form SHORT =
      checked("a string", VolumeText::parse)
          .remarked(it -> option(it.text(), VolumeText.CONSISTENCIES, UNSHARED));

  private static final Form LONG =
      object(
          attribute("type", TYPE).required(),
          attribute("source", checked("a string", VolumeText::source)),
          attribute("target", checked("a path", Mounts::absolute)).required(),
          attribute("read_only", FLAG),
          attribute("consistency", STRING).with(UNSHARED),
          attribute("bind", BIND),
          attribute("volume", NAMED),
          attribute("tmpfs", TMPFS),
          attribute("image", object(attribute("subpath", SUBPATH))));

  private static final Form TMPFS_TEXT =
      checked("a path", TmpfsText::parse)
          .remarked(it -> option(it.text(), TmpfsText.IGNORED, LEFT_OUT));

  private static final Form MOUNT =
      either(SHORT, LONG).alwaysLongForm(Mounts::longForm).onHost(Mounts::onHost);

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("volumes", listOf(MOUNT).uniqueAs("target", Mounts::target)),
          attribute("tmpfs", oneOrMore("a list", TMPFS_TEXT).uniqueByKey()));

  private Mounts() {}

  /// Options that the long form has no place for.
  private static Optional<Remark> option(String text, Collection<String> known, Support support) {
    return Stream.of(text.replaceFirst(".*:", "").split(",", -1))
        .filter(known::contains)
        .findFirst()
        .flatMap(it -> support.about("mount option \"" + it + "\""));
  }

  private static void inside(String text) {
    boolean leaves = List.of(text.split("/", -1)).contains("..");
    if (text.startsWith("/") || leaves) {
      throw MalformedException.invalid(
          Code.INVALID_MOUNT, "subpath", text, "write a path below the volume, without ..");
    }
  }

  private static void absolute(String text) {
    if (!text.startsWith("/")) {
      throw MalformedException.invalid(
          Code.INVALID_MOUNT, "path", text, "begin the path inside the container with /");
    }
  }

  private static Node longForm(Node node) {
    return node instanceof Scalar scalar
        ? longForm(VolumeText.parse(scalar.text()), scalar.place())
        : node;
  }

  private static Mapping longForm(VolumeText volume, Place place) {
    Mapping mount =
        Mapping.empty(place).with("type", Scalar.text(volume.bind() ? "bind" : "volume", place));
    if (!volume.source().isEmpty()) {
      mount = mount.with("source", Scalar.text(volume.source(), place));
    }
    mount = mount.with("target", Scalar.text(clean(volume.target()), place));
    if (volume.readOnly()) {
      mount = mount.with("read_only", Scalar.bool(true, place));
    }
    return volume.bind()
        ? mount.with("bind", bind(volume, place))
        : mount.with("volume", named(volume, place));
  }

  private static Mapping bind(VolumeText volume, Place place) {
    Mapping bind = Mapping.empty(place);
    if (volume.propagation().isPresent()) {
      bind = bind.with("propagation", Scalar.text(volume.propagation().get(), place));
    }
    if (volume.selinux().isPresent()) {
      bind = bind.with("selinux", Scalar.text(volume.selinux().get(), place));
    }
    return bind;
  }

  private static Mapping named(VolumeText volume, Place place) {
    Mapping options = Mapping.empty(place);
    return volume.noCopy() ? options.with("nocopy", Scalar.bool(true, place)) : options;
  }

  private static String target(Node node) {
    String target = node instanceof Mapping mount ? mount.text("target").orElse("") : "";
    return clean(target);
  }

  private static String clean(String target) {
    return Path.of(target).normalize().toString();
  }

  private static boolean isBind(Mapping mount) {
    return mount.text("type").orElse("").equals("bind");
  }

  private static Node onHost(Node node, UnaryOperator<String> absolute) {
    return node instanceof Mapping mount && isBind(mount) && mount.text("source").isPresent()
        ? mount.changed("source", absolute)
        : node;
  }
}
