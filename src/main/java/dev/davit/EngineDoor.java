package dev.davit;

import dev.davit.cli.Door;
import dev.davit.cli.audit.AuditLog;
import dev.davit.cli.audit.Caller;
import dev.davit.linux.Peer;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets in root, the engine's own user and the members of a group, by what the kernel says of who
/// has connected, whatever the modes of the socket are.
final class EngineDoor implements Door {
  private static final Logger LOG = LoggerFactory.getLogger(EngineDoor.class);
  private static final String NOBODY_LOGGED_IN = "4294967295";

  private final OptionalInt group;
  private final AuditLog audit;
  private final int own;

  /// @param group whose members may come in
  EngineDoor(OptionalInt group, AuditLog audit) {
    this.group = group;
    this.audit = audit;
    this.own = own();
  }

  @Override
  public Optional<Caller> admit(SocketChannel client) throws IOException {
    Peer peer = Peer.of(client);
    String user = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    var caller = new Caller(peer.pid(), peer.uid(), user, login(peer.pid()));
    if (admits(peer)) {
      return Optional.of(caller);
    }
    LOG.warn("client of user {} turned away", user);
    audit.refused(caller);
    return Optional.empty();
  }

  private boolean admits(Peer peer) {
    return peer.uid() == 0
        || peer.uid() == own
        || (group.isPresent() && peer.isMember(group.getAsInt()));
  }

  // proc_pid_loginuid(5): set at login, and kept whoever one becomes afterwards.
  private static String login(int pid) {
    try {
      String uid = Files.readString(Path.of("/proc", Integer.toString(pid), "loginuid")).strip();
      return uid.equals(NOBODY_LOGGED_IN) ? "" : name(uid);
    } catch (IOException unknown) {
      return "";
    }
  }

  private static String name(String uid) throws IOException {
    try (Stream<String> accounts = Files.lines(Path.of("/etc/passwd"))) {
      return accounts
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > 2 && fields[2].equals(uid))
          .map(fields -> fields[0])
          .findFirst()
          .orElse(uid);
    }
  }

  private static int own() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      return 0;
    }
  }
}
