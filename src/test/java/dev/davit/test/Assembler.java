package dev.davit.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// GNU as and objcopy, to check that machine code in Java is what its source says. A test that
/// needs one that is not installed is skipped (with `CI=true`: fails).
public record Assembler(String prefix) {
  private static final Path SOURCES = Path.of("src/main/resources/dev/davit");

  public static Assembler x86() {
    return new Assembler("x86_64-linux-gnu-");
  }

  public static Assembler arm() {
    return new Assembler("aarch64-linux-gnu-");
  }

  /// The machine code of `source`, a path below the resources of `dev.davit`.
  public byte[] assemble(String source) {
    return assemble(SOURCES.resolve(source));
  }

  /// The machine code of `source`, which may include sources below the resources of `dev.davit`.
  public byte[] assemble(Path source) {
    Programs.require(prefix + "as");
    Programs.require(prefix + "objcopy");
    try {
      Path object = Files.createTempFile("davit", ".o");
      Path binary = Files.createTempFile("davit", ".bin");
      run(prefix + "as", "-I", SOURCES.toString(), "-o", object.toString(), source.toString());
      run(prefix + "objcopy", "-O", "binary", "-j", ".text", object.toString(), binary.toString());
      byte[] code = Files.readAllBytes(binary);
      Files.delete(object);
      Files.delete(binary);
      return code;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      assertEquals(0, process.waitFor());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
