package dev.davit.runtime;

/// Which system calls a container may make.
public enum Seccomp {
  /// Everything but what docker's default profile denies ([SeccompRules]).
  DEFAULT,
  /// Everything.
  UNCONFINED
}
