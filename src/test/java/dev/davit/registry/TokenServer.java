package dev.davit.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.davit.test.LocalRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Gives out tokens as distribution's "token authentication" wants them: everybody may pull,
/// `davit:secret` may push too.
final class TokenServer implements AutoCloseable {
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("davit:secret".getBytes(UTF_8));

  private final HttpServer server;
  private final PrivateKey key;
  private final String certificate;
  private final List<String> scopes = Collections.synchronizedList(new ArrayList<>());

  /// @param signer whose key signs the tokens
  TokenServer(LocalRegistry.Tls signer) throws IOException, GeneralSecurityException {
    key =
        KeyFactory.getInstance("RSA")
            .generatePrivate(
                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem(signer.key()))));
    certificate = pem(signer.certificate());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/token", this::answer);
    server.start();
  }

  private static String pem(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.startsWith("-----")).collect(Collectors.joining());
    }
  }

  /// What the registry is configured with.
  String options(Path authority) {
    return "  token: {realm: 'http://127.0.0.1:%d/token', service: test, issuer: tests, rootcertbundle: %s}"
        .formatted(server.getAddress().getPort(), authority);
  }

  /// The scopes for which tokens were given out.
  List<String> scopes() {
    return List.copyOf(scopes);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    boolean known = BASIC.equals(authorization);
    if (authorization != null && !known) {
      exchange.sendResponseHeaders(401, -1);
      exchange.close();
      return;
    }
    var access = new ArrayList<String>();
    for (String parameter : exchange.getRequestURI().getRawQuery().split("&", -1)) {
      if (parameter.startsWith("scope=")) {
        String scope = URLDecoder.decode(parameter.substring("scope=".length()), UTF_8);
        scopes.add(scope);
        access.add(access(scope, known));
      }
    }
    byte[] body = "{\"token\":\"%s\",\"expires_in\":300}".formatted(token(access)).getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String access(String scope, boolean known) {
    String[] parts = scope.split(":", -1);
    String actions =
        Stream.of(parts[2].split(",", -1))
            .filter(action -> known || action.equals("pull"))
            .map(action -> "\"" + action + "\"")
            .collect(Collectors.joining(","));
    return "{\"type\":\"%s\",\"name\":\"%s\",\"actions\":[%s]}"
        .formatted(parts[0], parts[1], actions);
  }

  private String token(List<String> access) {
    long now = Instant.now().getEpochSecond();
    String head = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\"%s\"]}".formatted(certificate);
    String claims =
        "{\"iss\":\"tests\",\"sub\":\"x\",\"aud\":\"test\",\"exp\":%d,\"nbf\":%d,\"iat\":%d,\"jti\":\"%d\",\"access\":[%s]}"
            .formatted(now + 300, now - 10, now, System.nanoTime(), String.join(",", access));
    String signed = base64(head.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(US_ASCII));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
