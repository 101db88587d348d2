package dev.davit.client;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The program behind `./davit`: takes a command line to the engine, and the engine's answer back.
/// It is small because each command starts it anew.
public final class Client {
  /// What `systemctl status` returns for a service that is not running.
  private static final int NOT_RUNNING = 3;

  private final Places places;
  private final Engine engine;
  private final List<String> argv;

  private Client(Places places, List<String> argv) {
    this.places = places;
    this.engine = new Engine(places);
    this.argv = argv;
  }

  public static void main(String[] argv) {
    int code;
    try {
      code = new Client(Places.of(System.getenv()), List.of(argv)).run();
    } catch (ClientException e) {
      System.err.println(e.print());
      code = Conversation.TROUBLE;
    } catch (IOException | InterruptedException e) {
      System.err.println("davit: " + e);
      code = Conversation.TROUBLE;
    }
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private int run() throws IOException, InterruptedException {
    boolean aboutEngine = argv.size() == 2 && argv.get(0).equals("engine");
    if (aboutEngine && argv.get(1).equals("stop")) {
      System.out.println(
          engine.stop() ? "engine stopped, containers keep running" : "engine is not running");
      return 0;
    }
    if (aboutEngine && !argv.get(1).equals("start") && !isRunning()) {
      return withoutEngine(argv.get(1));
    }
    var resumed = new HashMap<String, String>();
    int code = converse(resumed);
    if (code == Conversation.OTHER_BUILD) {
      engine.stop();
      code = converse(resumed);
    }
    var next = new NextEngine(engine);
    while (code == Conversation.LOST || code == Conversation.STOPPED) {
      try (FrameChannel channel = next.await(code == Conversation.STOPPED)) {
        code = converse(channel, resumed);
      }
    }
    if (code == Conversation.OTHER_BUILD) {
      throw new ClientException("engine and client are of different builds", "build davit again");
    }
    return code;
  }

  private boolean isRunning() throws IOException {
    try (FrameChannel running = engine.connect()) {
      return running != null;
    }
  }

  private int withoutEngine(String verb) throws IOException {
    if (verb.equals("logs") && Files.exists(places.log())) {
      Files.copy(places.log(), System.out);
      return 0;
    }
    System.out.println("engine is not running");
    return verb.equals("status") ? NOT_RUNNING : 0;
  }

  private int converse(Map<String, String> resumed) throws IOException, InterruptedException {
    try (FrameChannel channel = engine.connectOrStart()) {
      return converse(channel, resumed);
    }
  }

  private int converse(FrameChannel channel, Map<String, String> resumed) throws IOException {
    var conversation = new Conversation(channel, resumed);
    return conversation.run(
        new Hello(
            places.build(),
            argv,
            System.getProperty("user.dir", "/"),
            System.getenv(),
            conversation.ttys(),
            resumed));
  }
}
