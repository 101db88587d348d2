package dev.davit.registry;

import dev.davit.registry.site.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// [Tls] in Java's terms.
final class TlsContext {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]+)-----END");
  private static final char[] NO_PASSWORD = new char[0];

  private TlsContext() {}

  static SSLContext of(Tls tls) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity(tls), trust(tls), null);
    return context;
  }

  private static TrustManager[] trust(Tls tls) throws IOException, GeneralSecurityException {
    if (!tls.verify()) {
      return new TrustManager[] {new Anybody()};
    }
    KeyStore store = empty();
    for (X509Certificate known : system().getAcceptedIssuers()) {
      store.setCertificateEntry("system " + store.size(), known);
    }
    for (Path file : tls.authorities()) {
      for (Certificate certificate : certificates(file)) {
        store.setCertificateEntry("own " + store.size(), certificate);
      }
    }
    return managers(store);
  }

  private static X509TrustManager system() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager usual) {
        return usual;
      }
    }
    throw new GeneralSecurityException("this Java knows no authorities");
  }

  private static TrustManager[] managers(@org.jspecify.annotations.Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] identity(Tls tls) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    if (tls.identity().isPresent()) {
      Tls.Identity own = tls.identity().get();
      Certificate[] chain = certificates(own.certificate()).toArray(Certificate[]::new);
      store.setKeyEntry("own", key(own.key()), NO_PASSWORD, chain);
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      var found =
          new ArrayList<Certificate>(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(in.readAllBytes())));
      if (found.isEmpty()) {
        throw new GeneralSecurityException("no certificate in \"" + file + "\"");
      }
      return found;
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    Matcher key = KEY.matcher(text);
    if (!key.find() || !key.group(1).isEmpty()) {
      throw new GeneralSecurityException(
          "\""
              + file
              + "\" is no unencrypted PKCS #8 key; make one with openssl pkcs8 -topk8 -nocrypt");
    }
    var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(2)));
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException other) {
        // of another sort
      }
    }
    throw new GeneralSecurityException("\"" + file + "\" is a key of an unknown sort");
  }

  /// Believes every certificate, whatever name is in it: only where the user has said so.
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
