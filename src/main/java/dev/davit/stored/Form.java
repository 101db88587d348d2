package dev.davit.stored;

import dev.davit.stored.Reading.Absent;
import dev.davit.stored.Reading.Useless;
import dev.davit.stored.Reading.Whole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How values of one type are kept: a JSON object whose `format` says by which version of the form
/// it was written. Without one it is of the first.
///
/// A part that is new in a version need not raise it as long as the type gives the part a value
/// where a file has none. It is raised when an earlier Davit would misunderstand the file.
public final class Form<T> {
  // What is a list today may have been a single value in a file of yesterday.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final String FORMAT = "format";
  private static final String OTHER = "holds something else";

  private final Class<T> type;
  private final int format;

  private Form(Class<T> type, int format) {
    this.type = type;
    this.format = format;
  }

  /// @param type a record
  /// @param format the version that is written, and the last that is understood
  public static <T extends Record> Form<T> of(Class<T> type, int format) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getName().equals(FORMAT)) {
        throw new IllegalArgumentException(type + " has a part of its own called " + FORMAT);
      }
    }
    return new Form<>(type, format);
  }

  /// The last version that is understood.
  public int format() {
    return format;
  }

  /// The content of a file.
  public byte[] encode(T value) {
    byte[] json = JSON.writeValueAsBytes(value);
    var out = new ByteArrayOutputStream(json.length + 16);
    out.writeBytes("{\"%s\":%d,".formatted(FORMAT, format).getBytes(StandardCharsets.US_ASCII));
    out.write(json, 1, json.length - 1);
    return out.toByteArray();
  }

  /// Reads `file`, whatever is there in its place. Never throws.
  public Reading<T> read(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      // What is no file may never end, and must not even be opened.
      var kind = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return kind.isRegularFile()
          ? parse(name, Files.readAllBytes(file))
          : useless(name + (kind.isDirectory() ? " is a directory" : " is no regular file"));
    } catch (NoSuchFileException e) {
      return new Absent<>();
    } catch (IOException e) {
      return useless("%s cannot be read: %s".formatted(name, reason(e)));
    }
  }

  private static String reason(IOException e) {
    Optional<String> reason =
        e instanceof FileSystemException file
            ? Optional.ofNullable(file.getReason())
            : Optional.ofNullable(e.getMessage());
    return reason.orElse(e.getClass().getSimpleName());
  }

  private static <T> Reading<T> useless(String why) {
    return new Useless<>(Damage.of(why));
  }

  /// What the bytes of a file say.
  ///
  /// @param name of the file, for the reason
  Reading<T> parse(String name, byte[] bytes) {
    try {
      JsonNode tree = bytes.length == 0 ? JSON.nullNode() : JSON.readTree(bytes);
      if (!tree.isObject()) {
        return useless(name, bytes.length == 0 ? "is empty" : OTHER, bytes);
      }
      int written = tree.path(FORMAT).asInt(1);
      if (written > format) {
        String why =
            "%s is of format %d, of a later Davit; this one knows %d"
                .formatted(name, written, format);
        return new Useless<>(new Damage(why, written, Remains.of(bytes)));
      }
      T value = JSON.treeToValue(tree, type);
      Optional<String> lack = Wholeness.lack(value);
      return lack.isPresent()
          ? useless(name, "lacks \"" + lack.get() + '"', bytes)
          : new Whole<>(value);
    } catch (RuntimeException e) {
      return useless(name, e instanceof StreamReadException ? torn(bytes) : OTHER, bytes);
    }
  }

  private static String torn(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return "is torn or no JSON";
      }
    }
    return "holds nothing but zeros";
  }

  private static <T> Reading<T> useless(String name, String why, byte[] bytes) {
    return new Useless<>(new Damage(name + " " + why, 0, Remains.of(bytes)));
  }
}
