package dev.davit.registry;

/// What somebody proves to a registry who they are with.
public sealed interface Credential {
  record Password(String user, String password) implements Credential {
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  /// A token that others are fetched with, in place of a password.
  record IdentityToken(String user, String token) implements Credential {
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  String user();
}
