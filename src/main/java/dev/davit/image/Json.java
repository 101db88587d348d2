package dev.davit.image;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON that came from a registry or an archive: nobody trusts it. What is missing or `null` is
/// empty; what has another type than it should is `INVALID`.
final class Json {
  // distribution, containerd and the OCI distribution spec take manifests of 4 MB at most.
  static final int LARGEST = 4 << 20;
  private static final int DEEPEST = 40;
  private static final int MOST_NAMES = 200_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LARGEST)
                          .maxDocumentLength(LARGEST)
                          .maxTokenCount(MOST_NAMES)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String what;
  private final JsonNode node;

  private Json(String what, JsonNode node) {
    this.what = what;
    this.node = node;
  }

  /// @param what the document is called in a message
  static Json parse(String what, byte[] bytes) {
    if (bytes.length > LARGEST) {
      throw wrong(what, "has more than " + LARGEST + " bytes");
    }
    try {
      var json = new Json(what, MAPPER.readTree(bytes));
      if (!json.node.isObject()) {
        throw wrong(what, "is no JSON object");
      }
      return json;
    } catch (JacksonException e) {
      String said = String.valueOf(e.getOriginalMessage());
      throw wrong(what, "is not valid JSON: " + said.substring(0, Math.min(said.length(), 200)));
    }
  }

  /// As [#parse], of a list of objects.
  static List<Json> parseList(String what, byte[] bytes) {
    var wrapped = new java.io.ByteArrayOutputStream();
    wrapped.writeBytes("{\"list\":".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    wrapped.writeBytes(bytes);
    wrapped.write('}');
    return parse(what, wrapped.toByteArray()).objects("list", MOST_NAMES);
  }

  /// `value`, of maps, lists, strings and numbers, as JSON.
  static String print(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// Names and values by turns, in that order; without those that are empty.
  static Map<String, Object> map(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      boolean isEmpty = pairs[i + 1].equals("") || pairs[i + 1].equals(Map.of());
      if (!isEmpty) {
        map.put((String) pairs[i], pairs[i + 1]);
      }
    }
    return map;
  }

  boolean has(String name) {
    return present(name) != null;
  }

  Json object(String name) {
    JsonNode found = present(name);
    if (found == null) {
      return new Json(what, MAPPER.createObjectNode());
    }
    return new Json(what, expect(found, found.isObject(), name, "an object"));
  }

  List<Json> objects(String name, int most) {
    var objects = new ArrayList<Json>();
    for (JsonNode each : array(name, most)) {
      objects.add(new Json(what, expect(each, each.isObject(), name, "a list of objects")));
    }
    return objects;
  }

  String string(String name) {
    JsonNode found = present(name);
    return found == null ? "" : expect(found, found.isString(), name, "a string").asString();
  }

  long number(String name) {
    JsonNode found = present(name);
    if (found == null) {
      return 0;
    }
    return expect(found, found.isIntegralNumber() && found.canConvertToLong(), name, "a number")
        .asLong();
  }

  boolean flag(String name) {
    JsonNode found = present(name);
    return found != null && expect(found, found.isBoolean(), name, "a truth value").asBoolean();
  }

  List<String> strings(String name, int most) {
    var strings = new ArrayList<String>();
    for (JsonNode each : array(name, most)) {
      strings.add(expect(each, each.isString(), name, "a list of strings").asString());
    }
    return strings;
  }

  Map<String, String> map(String name) {
    var map = new LinkedHashMap<String, String>();
    for (var each : object(name).node.properties()) {
      JsonNode value = each.getValue();
      if (!value.isNull()) {
        map.put(
            each.getKey(),
            expect(value, value.isString(), name, "an object of strings").asString());
      }
    }
    return map;
  }

  /// The names of the object `name`.
  List<String> names(String name) {
    return object(name).node.properties().stream().map(Map.Entry::getKey).toList();
  }

  private Iterable<JsonNode> array(String name, int most) {
    JsonNode found = present(name);
    if (found == null) {
      return List.of();
    }
    expect(found, found.isArray(), name, "a list");
    if (found.size() > most) {
      throw wrong(what, "has more than %d entries in \"%s\"".formatted(most, name));
    }
    return found;
  }

  private @Nullable JsonNode present(String name) {
    JsonNode found = node.get(name);
    return found == null || found.isNull() ? null : found;
  }

  private JsonNode expect(JsonNode found, boolean holds, String name, String type) {
    if (!holds) {
      throw wrong(what, "has no %s in \"%s\"".formatted(type.replaceFirst("^an? ", ""), name));
    }
    return found;
  }

  DavitException wrong(String why) {
    return wrong(what, why);
  }

  private static DavitException wrong(String what, String why) {
    return new DavitException(Kind.INVALID, what + " " + why);
  }
}
