package dev.davit.runtime;

/// Which system calls a container may make.
public sealed interface Seccomp {
  /// Everything but what docker's default profile denies ([SeccompRules]).
  Seccomp DEFAULT = new Usual();

  /// Everything.
  Seccomp UNCONFINED = new Unconfined();

  record Usual() implements Seccomp {}

  record Unconfined() implements Seccomp {}

  /// What a profile of the user's own says.
  record Own(SeccompProfile profile) implements Seccomp {}
}
