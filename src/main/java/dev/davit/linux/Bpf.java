package dev.davit.linux;

/// bpf(2), as much as device rules on cgroup v2 need.
public final class Bpf {
  private static final int PROG_LOAD = 5;
  private static final int PROG_ATTACH = 8;
  private static final int PROG_TYPE_CGROUP_DEVICE = 15;
  private static final int ATTACH_CGROUP_DEVICE = 6;
  private static final int ALLOW_MULTI = 2;
  private static final int ATTR_SIZE = 128;

  private Bpf() {}

  /// Loads a program of type BPF_PROG_TYPE_CGROUP_DEVICE.
  ///
  /// @param instructions 8 bytes each, as the kernel's `struct bpf_insn`
  public static Fd loadDeviceProgram(byte[] instructions) {
    try (var memory = new Memory()) {
      long attr = memory.allocate(ATTR_SIZE);
      Memory.putInt(attr, PROG_TYPE_CGROUP_DEVICE);
      Memory.putInt(attr + 4, instructions.length / 8);
      Memory.putLong(attr + 8, memory.bytes(instructions));
      Memory.putLong(attr + 16, memory.string("Apache-2.0"));
      long fd =
          Kernel.check(
              Kernel.tryCall(Syscall.BPF, PROG_LOAD, attr, ATTR_SIZE),
              () ->
                  "bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_CGROUP_DEVICE, insn_cnt=%d})"
                      .formatted(instructions.length / 8));
      return new Fd((int) fd, "bpf");
    }
  }

  /// Attaches the program to a cgroup v2 directory, beside those of its ancestors; it goes with the
  /// cgroup.
  public static void attachDeviceProgram(Fd program, Fd cgroup) {
    try (var memory = new Memory()) {
      long attr = memory.allocate(ATTR_SIZE);
      Memory.putInt(attr, cgroup.number());
      Memory.putInt(attr + 4, program.number());
      Memory.putInt(attr + 8, ATTACH_CGROUP_DEVICE);
      Memory.putInt(attr + 12, ALLOW_MULTI);
      Kernel.check(
          Kernel.tryCall(Syscall.BPF, PROG_ATTACH, attr, ATTR_SIZE),
          () ->
              "bpf(BPF_PROG_ATTACH, {target=%s, attach_type=BPF_CGROUP_DEVICE})".formatted(cgroup));
    }
  }
}
