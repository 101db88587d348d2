package dev.davit.selftest;

import dev.davit.linux.Arch;
import java.util.HexFormat;

/// The machine code in front of every probe's table. Its source is `probe-x86_64.s` and
/// `probe-aarch64.s` beside this class.
final class ProbeCode {
  /// Where the kernel puts the file; free in every program that it can be the interpreter of.
  static final long BASE = 0x10000000;

  /// Where the file has its own size and the size of the memory, 8 bytes each (elf(5), Elf64_Phdr).
  static final int FILE_SIZE = 96;

  static final int MEMORY_SIZE = 104;

  private static final String X86_64 =
      """
      7f454c4602010100000000000000000002003e000100000078000010000000004000000000000000
      00000000000000000000000040003800010000000000000001000000070000000000000000000000
      00000010000000000000001000000000000000000000000000000000000000000010000000000000
      4c8d2559000000498b0424498b7c2408498b742410498b54241849837c24480075134d8b5424204d
      8b4424284d8b4c24300f05eb1889fb89f1418b742420418b7c2428418b6c2430cd804863c0498944
      2438498b4c24404889014983c450eba7
      """;
  private static final String AARCH64 =
      """
      7f454c460201010000000000000000000200b7000100000078000010000000004000000000000000
      00000000000000000000000040003800010000000000000001000000070000000000000000000000
      00000010000000000000001000000000000000000000000000000000000000000010000000000000
      93010010680240f9608640a9628e41a9649642a9010000d4601e00f9612240f9200000f973420191
      f7ffff171f2003d5
      """;

  private ProbeCode() {}

  static byte[] bytes(Arch arch) {
    String hex =
        switch (arch) {
          case X86_64 -> X86_64;
          case AARCH64 -> AARCH64;
        };
    return HexFormat.of().parseHex(hex.replace("\n", ""));
  }
}
