package dev.davit.image;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Optional;

/// What a tag or a digest of a registry names: the manifest of one image, or an index of several.
/// It can be read in one way only: what is both, or is not what it is called, is `INVALID`
/// (CVE-2021-41190).
public sealed interface Document permits Manifest, Index {
  String mediaType();

  /// Reads `bytes`.
  ///
  /// @param declared the media type that somebody gave for them, or empty
  static Document parse(String declared, byte[] bytes) {
    Json json = Json.parse("manifest", bytes);
    long version = json.number("schemaVersion");
    if (version == 1) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "manifest has Docker's schema 1, which registries gave up",
          "push the image again with a current tool");
    }
    if (version != 2) {
      throw json.wrong("has the unknown schemaVersion " + version);
    }
    boolean isIndex = json.has("manifests");
    boolean isManifest = json.has("layers") || json.has("config");
    if (isIndex && (isManifest || json.has("fsLayers"))) {
      throw json.wrong("is an index and an image's manifest at once");
    }
    if (isIndex == isManifest) {
      throw json.wrong("has neither manifests nor a config");
    }
    String type = type(json, declared, isIndex);
    return isIndex ? Index.of(type, json) : Manifest.of(type, json);
  }

  private static String type(Json json, String declared, boolean isIndex) {
    String own = json.string("mediaType");
    boolean declaredKnown = MediaType.isIndex(declared) || MediaType.isManifest(declared);
    if (!own.isEmpty() && declaredKnown && !own.equals(declared)) {
      throw json.wrong("calls itself \"%s\" and was given as \"%s\"".formatted(own, declared));
    }
    if (own.isEmpty() && !declaredKnown) {
      return isIndex ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
    }
    String type = own.isEmpty() ? declared : own;
    if (isIndex ? !MediaType.isIndex(type) : !MediaType.isManifest(type)) {
      throw json.wrong("has not the content of a \"%s\"".formatted(type));
    }
    return type;
  }

  /// The descriptor that `json` is.
  static Descriptor descriptor(Json json) {
    long size = json.number("size");
    if (!json.has("size") || size < 0) {
      throw json.wrong("has a descriptor without a size");
    }
    return new Descriptor(
        json.string("mediaType"),
        Digest.parse(json.string("digest")),
        size,
        json.has("platform") ? Optional.of(platform(json.object("platform"))) : Optional.empty(),
        json.map("annotations"));
  }

  /// The platform that `json` names.
  static Platform platform(Json json) {
    return new Platform(json.string("os"), json.string("architecture"), json.string("variant"));
  }
}
