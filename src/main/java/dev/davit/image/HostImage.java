package dev.davit.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The image `davit/host`: the host's own root with its private places hidden, nothing to pull. Its
/// top layer is made when it is first asked for and again when the host has changed.
public final class HostImage implements Images {
  private static final Reference NAME = Reference.parse("davit/host");
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  // What the mask is decided by changes only when names appear or go in one of these.
  private static final List<Path> WATCHED =
      Stream.of("/", "/etc", "/etc/ssh", "/etc/ssl", "/var", "/var/lib").map(Path::of).toList();

  private final Path root;
  private final Path run;
  private final Path javaHome;
  private final Map<String, Path> layers = new HashMap<>();
  private List<Object> seen = List.of();
  private @Nullable Image image;

  /// @param root the data directory, hidden in the image
  /// @param run the run directory, hidden too; the mask layers are kept in `images` below it
  public HostImage(Path root, Path run) {
    this(root, run, Path.of(System.getProperty("java.home")));
  }

  HostImage(Path root, Path run, Path javaHome) {
    this.root = root.toAbsolutePath();
    this.run = run.toAbsolutePath();
    this.javaHome = javaHome;
  }

  /// Whether the files of `image` are the host's own.
  public static boolean is(Image image) {
    return image.names().contains(NAME);
  }

  @Override
  public Optional<Image> find(String reference) {
    boolean isMeant =
        Reference.id(reference)
            .map(id -> id.equals(current().id()))
            .orElseGet(() -> Reference.parse(reference).equals(NAME));
    return isMeant ? Optional.of(current()) : Optional.empty();
  }

  @Override
  public List<Image> list() {
    return List.of(current());
  }

  private synchronized Image current() {
    List<Object> now = WATCHED.stream().map(HostImage::lastChange).toList();
    if (image == null || !now.equals(seen)) {
      image = build();
      seen = now;
    }
    return image;
  }

  private static Object lastChange(Path directory) {
    try {
      return Files.getLastModifiedTime(directory);
    } catch (IOException _) {
      return "none";
    }
  }

  private Image build() {
    try {
      Path java = javaHome.toRealPath();
      Mask mask = Mask.of(List.of(root, run), java);
      List<Path> binds = binds(mask, java);
      String digest = sha256(mask.print() + binds);
      Path layer = layers.get(digest);
      if (layer == null) {
        layer = MaskLayer.ensure(mask, digest.substring(0, 16), run);
        layers.put(digest, layer);
      }
      Instant changed = Files.getLastModifiedTime(Path.of("/usr")).toInstant();
      return new Image(
          "sha256:" + digest,
          List.of(NAME),
          ImageConfig.of(env(java), List.of("/bin/sh")),
          List.of(layer, Path.of("/")),
          binds,
          changed,
          changed,
          0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> env(Path java) {
    return List.of("PATH=" + java.resolve("bin") + ":" + PATH, "JAVA_HOME=" + java);
  }

  // The overlay shows the root file system alone, not what is mounted below it.
  private static List<Path> binds(Mask mask, Path java) {
    var binds = new ArrayList<Path>();
    long rootDevice = MaskLayer.device(Path.of("/"));
    Path usr = Path.of("/usr");
    boolean usrApart = Files.isDirectory(usr) && MaskLayer.device(usr) != rootDevice;
    if (usrApart) {
      binds.add(usr);
    }
    boolean within =
        usrApart && java.startsWith(usr) && MaskLayer.device(java) == MaskLayer.device(usr);
    if (!within && (mask.hides(java) || MaskLayer.device(java) != rootDevice)) {
      binds.add(java);
    }
    return binds;
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
