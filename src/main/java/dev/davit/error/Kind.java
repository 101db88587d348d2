package dev.davit.error;

/// What sort of failure a [DavitException] is. Callers switch over it without a default.
public enum Kind {
  /// What the user wrote cannot be right.
  INVALID,
  NOT_FOUND,
  /// Something else holds the name, the port or the file.
  CONFLICT,
  /// Right in itself, but not now: a stopped container cannot be paused.
  WRONG_STATE,
  /// The kernel or Davit refuses for want of a right.
  DENIED,
  /// This kernel or this Davit cannot do it.
  UNSUPPORTED,
  /// Somebody else has to be there first: engine, registry, network.
  UNAVAILABLE,
  /// A defect of Davit.
  INTERNAL
}
