package dev.davit.program;

import dev.davit.linux.Arch;
import dev.davit.linux.Code;
import java.util.HexFormat;

/// The machine code that clones and then runs the rows in the child. Its source is `stub-x86_64.s`
/// and `stub-aarch64.s` beside this class.
final class Stub {
  private static final String X86_64 =
      """
      415441554989fcb80e000000bf020000004c89e6498d54240841ba080000000f
      05b8b3010000498d7c2410be580000000f054885c074244989c5b80e000000bf
      02000000498d74240831d241ba080000000f054c89e8415d415cc34983c47049
      8b0424498b7c2408498b742410498b5424184d8b5424204d8b4424284d8b4c24
      300f05498b4c2438488901483d01f0ffff73064983c448ebc648f7d84883f840
      730b498b4c2440480fa3c172e6bf7f000000b83c0000000f05
      """;
  private static final String AARCH64 =
      """
      f353bfa9f30300aae81080d2400080d2e10313aa62220091030180d2010000d4
      683680d260420091010b80d2010000d4600100b4f40300aae81080d2400080d2
      61220091020080d2030180d2010000d4e00314aaf353c1a8c0035fd673c20191
      680240a9610a41a9631242a9651a40f9010000d4691e40f9200100f91ffc3fb1
      6200005473220191f6ffff17e00300cb1f0001f182000054692240f92925c09a
      29ff0737e00f80d2a80b80d2010000d4
      """;

  static final Code CODE = Code.of(bytes(Arch.current()));

  private Stub() {}

  static byte[] bytes(Arch arch) {
    String hex =
        switch (arch) {
          case X86_64 -> X86_64;
          case AARCH64 -> AARCH64;
        };
    return HexFormat.of().parseHex(hex.replace("\n", ""));
  }
}
