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
public record Hello(
    String build, List<String> argv, String cwd, Map<String, String> env, int ttys) {

  public byte[] encode() throws IOException {
    var bytes = new ByteArrayOutputStream(8192);
    var out = new DataOutputStream(bytes);
    write(out, build);
    out.writeInt(argv.size());
    for (String word : argv) {
      write(out, word);
    }
    write(out, cwd);
    out.writeInt(env.size());
    for (Map.Entry<String, String> variable : env.entrySet()) {
      write(out, variable.getKey());
      write(out, variable.getValue());
    }
    out.writeInt(ttys);
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
    var env = new HashMap<String, String>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = read(in);
      env.put(name, read(in));
    }
    return new Hello(build, argv, cwd, env, in.readInt());
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("text of " + length + " bytes");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
