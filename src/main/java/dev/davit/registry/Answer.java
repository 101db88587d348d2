package dev.davit.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/// An HTTP response whose body is still to be read.
///
/// @param uri where it came from, after redirects
record Answer(int status, URI uri, HttpHeaders headers, InputStream body) implements AutoCloseable {
  boolean isGood() {
    return status >= 200 && status < 300;
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  List<String> all(String name) {
    return headers.allValues(name);
  }

  /// The body, which may not be longer than `most`.
  byte[] bytes(int most) throws IOException {
    byte[] bytes = body.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new TooLongException(most);
    }
    return bytes;
  }

  /// A body that does not end where it has to.
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(int most) {
      super("an answer of more than " + most + " bytes");
    }
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException gone) {
      // nothing more is wanted of it
    }
  }
}
