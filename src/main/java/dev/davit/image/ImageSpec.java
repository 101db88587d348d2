package dev.davit.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The config blob of an image, whose digest is the image's id: what it is for, how it is run, what
/// its layers unpack to. Only what the OCI image spec and Docker know is read from it.
///
/// @param created 1970 where it is not said
/// @param diffIds the layers' digests before compression, the lowest first
public record ImageSpec(
    Platform platform,
    Instant created,
    String author,
    ImageConfig config,
    List<Digest> diffIds,
    List<History> history) {
  private static final int MOST = 5000;

  /// How one layer came to be.
  ///
  /// @param emptyLayer whether it left no layer
  public record History(
      Instant created, String createdBy, String author, String comment, boolean emptyLayer) {
    Map<String, Object> json() {
      Map<String, Object> json =
          Json.map(
              "created",
              created.toString(),
              "created_by",
              createdBy,
              "author",
              author,
              "comment",
              comment);
      if (emptyLayer) {
        json.put("empty_layer", true);
      }
      return json;
    }
  }

  public ImageSpec {
    diffIds = List.copyOf(diffIds);
    history = List.copyOf(history);
  }

  /// Reads the blob; `INVALID` where it is no image's config.
  public static ImageSpec parse(byte[] bytes) {
    Json json = Json.parse("image config", bytes);
    Json rootfs = json.object("rootfs");
    String type = rootfs.string("type");
    if (!type.equals("layers")) {
      throw json.wrong("has the rootfs type \"%s\" and not \"layers\"".formatted(type));
    }
    if (json.string("os").isEmpty() || json.string("architecture").isEmpty()) {
      throw json.wrong("does not say what it runs on");
    }
    return new ImageSpec(
        Document.platform(json),
        time(json, "created"),
        json.string("author"),
        ImageConfig.of(json.object("config")),
        rootfs.strings("diff_ids", MOST).stream().map(Digest::parse).toList(),
        json.objects("history", MOST).stream().map(ImageSpec::history).toList());
  }

  /// The config of the image with that manifest; `INVALID` where the two do not go together.
  public static ImageSpec of(Manifest manifest, byte[] bytes) {
    ImageSpec spec = parse(bytes);
    if (spec.diffIds.size() != manifest.layers().size()) {
      throw new DavitException(
              Kind.INVALID,
              "image %s has %d layers and its config names %d"
                  .formatted(
                      manifest.config().digest(), manifest.layers().size(), spec.diffIds.size()))
          .about(Culprit.of(Part.IMAGE));
    }
    return spec;
  }

  /// The blob of an image that is put together here.
  public byte[] bytes() {
    Map<String, Object> json = Json.map("created", created.toString(), "author", author);
    json.putAll(platform.json());
    json.put("config", config.json());
    json.put(
        "rootfs",
        Json.map("type", "layers", "diff_ids", diffIds.stream().map(Digest::toString).toList()));
    json.put("history", history.stream().map(History::json).toList());
    return Json.print(json).getBytes(UTF_8);
  }

  private static History history(Json json) {
    return new History(
        time(json, "created"),
        json.string("created_by"),
        json.string("author"),
        json.string("comment"),
        json.flag("empty_layer"));
  }

  private static Instant time(Json json, String name) {
    String text = json.string(name);
    try {
      return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw json.wrong("has \"%s\" for the time \"%s\"".formatted(brief(text), name));
    }
  }

  private static String brief(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  /// The names of the stacks of layers, the lowest alone first: those of the OCI image spec.
  public List<Digest> chainIds() {
    var chain = new ArrayList<Digest>();
    for (Digest diffId : diffIds) {
      chain.add(
          chain.isEmpty()
              ? diffId
              : Digest.of((chain.getLast() + " " + diffId).getBytes(US_ASCII)));
    }
    return chain;
  }
}
