package dev.davit.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One HTTP request as a value.
record Call(String method, URI uri, Map<String, String> headers, Optional<Body> body) {

  /// What is sent; opened again for each try.
  record Body(long length, Opening content) {
    static Body of(byte[] bytes) {
      return new Body(bytes.length, () -> new java.io.ByteArrayInputStream(bytes));
    }
  }

  interface Opening {
    InputStream open() throws IOException;
  }

  Call {
    headers = Map.copyOf(headers);
  }

  static Call of(String method, URI uri) {
    return new Call(method, uri, Map.of(), Optional.empty());
  }

  Call with(String header, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Call(method, uri, all, body);
  }

  Call with(Body content) {
    return new Call(method, uri, headers, Optional.of(content));
  }

  Call to(URI other) {
    return new Call(method, other, headers, body);
  }

  /// Whether to do it twice is the same as to do it once.
  boolean isIdempotent() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
