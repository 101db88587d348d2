package dev.davit.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The first frame of a client.
///
/// @param build the client's build, which must be the engine's
/// @param argv the words after `davit`
/// @param cwd its working directory, absolute
/// @param env its environment
/// @param ttys bit n is set where descriptor n is a terminal
/// @param resumed how far the same command had come with an engine that has ended: the values of
///   its [Shown] by key
public record Hello(
    String build,
    List<String> argv,
    String cwd,
    Map<String, String> env,
    int ttys,
    Map<String, String> resumed) {

  public byte[] encode() throws IOException {
    var bytes = new ByteArrayOutputStream(8192);
    var out = new DataOutputStream(bytes);
    write(out, build);
    out.writeInt(argv.size());
    for (String word : argv) {
      write(out, word);
    }
    write(out, cwd);
    write(out, env);
    out.writeInt(ttys);
    write(out, resumed);
    return bytes.toByteArray();
  }

  /// Throws [IOException] if `payload` is none that [#encode] made.
  public static Hello decode(byte[] payload) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(payload));
    String build = read(in);
    var argv = new ArrayList<String>();
    for (int left = in.readInt(); left > 0; left--) {
      argv.add(read(in));
    }
    String cwd = read(in);
    return new Hello(build, argv, cwd, readMap(in), in.readInt(), readMap(in));
  }

  private static void write(DataOutputStream out, Map<String, String> map) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> each : map.entrySet()) {
      write(out, each.getKey());
      write(out, each.getValue());
    }
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    var map = new HashMap<String, String>();
    for (int left = in.readInt(); left > 0; left--) {
      String key = read(in);
      map.put(key, read(in));
    }
    return map;
  }

  static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("text of " + length + " bytes");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
