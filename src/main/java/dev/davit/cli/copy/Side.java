package dev.davit.cli.copy;

/// One of the two arguments of `cp`.
public sealed interface Side {
  /// `SERVICE:PATH` or `CONTAINER:PATH`.
  record Inside(String name, String path) implements Side {}

  record OnHost(String path) implements Side {}

  /// `-`: a tar stream.
  record Stream() implements Side {}

  /// As docker tells them apart: what begins with a slash or a dot is a path of the host.
  static Side parse(String argument) {
    int colon = argument.indexOf(':');
    if (argument.equals("-")) {
      return new Stream();
    } else if (colon < 1 || argument.startsWith("/") || argument.startsWith(".")) {
      return new OnHost(argument);
    }
    return new Inside(argument.substring(0, colon), argument.substring(colon + 1));
  }
}
