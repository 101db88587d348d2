package dev.davit.scan.version;

/// `[epoch:]version[-release]`, as dpkg and rpm write it.
///
/// @param epoch `0` where there is none
/// @param release empty where there is none
record Parts(String epoch, String version, String release) {
  static Parts of(String whole) {
    int colon = whole.indexOf(':');
    String rest = whole.substring(colon + 1);
    int dash = rest.lastIndexOf('-');
    return new Parts(
        colon < 0 ? "0" : whole.substring(0, colon),
        dash < 0 ? rest : rest.substring(0, dash),
        dash < 0 ? "" : rest.substring(dash + 1));
  }
}
