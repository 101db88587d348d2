package dev.davit.runtime;

import dev.davit.linux.Arch;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Memory;
import dev.davit.linux.Syscall;
import java.util.HexFormat;

/// PID 1 for containers that ask for one: a program of some 450 bytes in a sealed memfd, so that
/// neither the image nor the host holds it. Its source is `init-x86_64.s` and `init-aarch64.s`
/// beside this class. Its argv is its own name, the program's path, then the program's argv.
final class Init {
  /// The first word of its argv, which ps(1) shows.
  static final String NAME = "davit-init";

  private static final String X86_64 =
      """
      7f454c4602010100000000000000000002003e000100000078004000000000004000000000000000
      00000000000000000000000040003800010000000000000001000000050000000000000000000000
      00004000000000000000400000000000a601000000000000a6010000000000000010000000000000
      4c8b24244c8d6c24084e8d74e4104881ec0001000048c70424ffffffff48c744240800000000b838
      000000bf1100000031f631d24531d24531c00f054885c00f88da00000074784989c7b88000000048
      89e7488d74242031d241ba080000000f0585c07ee583f811740e89c64489ffb83e0000000f05ebd2
      b83d00000048c7c7ffffffff488d742410ba010000004531d20f0585c07eb34439f875dc8b7c2410
      89f883e07f74088db880000000eb09c1ef0881e7ff000000b8e70000000f05b86d00000031ff31f6
      0f05b8270000000f0589442418b81000000031ffbe10540000488d5424180f05b803000000bf0400
      00000f05b80e000000bf02000000488d74240831d241ba080000000f05b83b000000498b7d08498d
      75104c89f20f05bf7f0000004883f8fe748effcfeb8a
      """;
  private static final String AARCH64 =
      """
      7f454c460201010000000000000000000200b7000100000078004000000000004000000000000000
      00000000000000000000000040003800010000000000000001000000050000000000000000000000
      00004000000000000000400000000000bc01000000000000bc010000000000000000010000000000
      f30340f9f4230091950e138bb5220091ff0304d109008092e90300f9ff0700f9881b80d2200280d2
      010080d2020080d2030080d2040080d2010000d4c007f8b7600400b4f60300aa281180d2e0030091
      e1830091020080d2030180d2010000d41f0000712dffff541f440071c0000054e103002ae003162a
      281080d2010000d4f2ffff17882080d200008092e1430091220080d2030080d2010000d41f000071
      4dfdff541f00166be1feff54e01340b909180072600000542001021102000014003c0853c80b80d2
      010000d4481380d2000080d2010080d2010000d4881580d2010000d4e01b00b9a80380d2000080d2
      01828ad2e2630091010000d4280780d2800080d2010000d4e81080d2400080d2e1230091020080d2
      030180d2010000d4a81b80d2800640f981420091e20315aa010000d41f0800b1c00f80520014801a
      e1ffff17
      """;

  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int F_ADD_SEALS = 1033;
  private static final int SEAL_EVERYTHING = 0xf;

  private Init() {}

  static byte[] bytes(Arch arch) {
    String hex =
        switch (arch) {
          case X86_64 -> X86_64;
          case AARCH64 -> AARCH64;
        };
    return HexFormat.of().parseHex(hex.replace("\n", ""));
  }

  /// A descriptor of the program, which nobody can change any more (memfd_create(2)).
  static Fd open() {
    try (var memory = new Memory()) {
      long fd =
          Kernel.check(
              Kernel.tryCall(
                  Syscall.MEMFD_CREATE, memory.string(NAME), MFD_CLOEXEC | MFD_ALLOW_SEALING),
              () -> "memfd_create(\"" + NAME + "\")");
      var file = new Fd((int) fd, NAME);
      Kernel.write(file, bytes(Arch.current()));
      Kernel.call(Syscall.FCNTL, fd, F_ADD_SEALS, SEAL_EVERYTHING);
      return file;
    }
  }
}
