package dev.davit.cli;

import dev.davit.cli.Invocation.Ttys;
import dev.davit.cli.script.Command;
import dev.davit.cli.script.Redirection;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The streams of one command of the shell: the shell's own where it is not redirected or piped.
final class JobStreams implements AutoCloseable {
  private final Path cwd;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private InputStream in;
  private OutputStream out;
  private OutputStream err;
  private Ttys ttys;
  private Optional<HostProgram> host = Optional.empty();

  private JobStreams(Console console, Path cwd) {
    this.cwd = cwd;
    this.in = console.in();
    this.out = console.out();
    this.err = console.err();
    this.ttys = console.ttys();
  }

  /// Throws [DavitException] where a file cannot be opened.
  static JobStreams open(Command.Own command, Console console, Path cwd) throws IOException {
    var streams = new JobStreams(console, cwd);
    try {
      if (command.pipe().isPresent()) {
        streams.pipe(console.screen().run(command.pipe().get(), cwd, true));
      }
      for (Redirection redirection : command.redirections()) {
        streams.redirect(redirection);
      }
      return streams;
    } catch (DavitException | IOException e) {
      streams.close();
      throw e;
    }
  }

  private void pipe(HostProgram program) {
    host = Optional.of(program);
    opened.add(program);
    out = program;
    ttys = new Ttys(ttys.stdin(), false, ttys.stderr());
  }

  private void redirect(Redirection redirection) throws IOException {
    if (redirection.file().isEmpty()) {
      err = out;
      ttys = new Ttys(ttys.stdin(), ttys.stdout(), ttys.stdout());
      return;
    }
    Path file = cwd.resolve(redirection.file().get().text());
    try {
      redirect(redirection, file);
    } catch (NoSuchFileException e) {
      throw new DavitException(Kind.NOT_FOUND, "no such file: \"" + file + "\"");
    } catch (AccessDeniedException e) {
      throw new DavitException(Kind.DENIED, "file \"" + file + "\" cannot be opened");
    }
  }

  private void redirect(Redirection redirection, Path file) throws IOException {
    if (redirection.stream() == Redirection.Stream.INPUT) {
      in = Files.newInputStream(file);
      opened.add(in);
      ttys = new Ttys(false, ttys.stdout(), ttys.stderr());
      return;
    }
    boolean fresh = Files.notExists(file);
    OutputStream target =
        Files.newOutputStream(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            redirection.append()
                ? StandardOpenOption.APPEND
                : StandardOpenOption.TRUNCATE_EXISTING);
    opened.add(target);
    if (fresh) {
      // As in any shell; the engine's umask is its own.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
    boolean error = redirection.stream() != Redirection.Stream.OUTPUT;
    boolean output = redirection.stream() != Redirection.Stream.ERROR;
    out = output ? target : out;
    err = error ? target : err;
    ttys = new Ttys(ttys.stdin(), ttys.stdout() && !output, ttys.stderr() && !error);
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  OutputStream err() {
    return err;
  }

  Ttys ttys() {
    return ttys;
  }

  /// The program that reads the command's output.
  Optional<HostProgram> host() {
    return host;
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable stream : opened.reversed()) {
      try {
        stream.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
    opened.clear();
  }
}
