package dev.davit.cgroup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Device rules as a BPF program, since cgroup v2 has no `devices.allow`. The kernel hands it
/// `struct bpf_cgroup_dev_ctx { access_type = access << 16 | type, major, minor }` and denies the
/// access where it returns 0.
final class DeviceProgram {
  // linux/bpf.h, BPF_DEVCG_*.
  private static final int BLOCK = 1;
  private static final int CHARACTER = 2;
  private static final int MKNOD = 1;
  private static final int READ = 2;
  private static final int WRITE = 4;

  // Opcodes: class, source and operation together.
  private static final int LOAD_WORD = 0x61;
  private static final int AND_32 = 0x54;
  private static final int SHIFT_RIGHT_32 = 0x74;
  private static final int MOVE_32 = 0xb4;
  private static final int MOVE_REGISTER_32 = 0xbc;
  private static final int JUMP_UNLESS_EQUAL = 0x55;
  private static final int EXIT = 0x95;

  // Registers. r0 is the result, r1 the context and later scratch.
  private static final int TYPE = 2;
  private static final int ACCESS = 3;
  private static final int MAJOR = 4;
  private static final int MINOR = 5;

  private final ByteBuffer code;

  private DeviceProgram(int rules) {
    code = ByteBuffer.allocate(8 * (8 + 8 * rules)).order(ByteOrder.nativeOrder());
  }

  /// The program that allows what one of `rules` allows, as `struct bpf_insn`s.
  static byte[] of(List<DeviceRule> rules) {
    var program = new DeviceProgram(rules.size());
    program.add(LOAD_WORD, TYPE, 1, 0, 0);
    program.add(LOAD_WORD, ACCESS, 1, 0, 0);
    program.add(LOAD_WORD, MAJOR, 1, 4, 0);
    program.add(LOAD_WORD, MINOR, 1, 8, 0);
    program.add(AND_32, TYPE, 0, 0, 0xffff);
    program.add(SHIFT_RIGHT_32, ACCESS, 0, 0, 16);
    rules.forEach(program::allow);
    program.end(0);
    byte[] bytes = new byte[program.code.position()];
    program.code.flip().get(bytes);
    return bytes;
  }

  private void allow(DeviceRule rule) {
    // The way to the next rule: the jumps below and the two instructions of the end.
    int next = 3;
    next += rule.type() == 'a' ? 0 : 1;
    next += rule.major() < 0 ? 0 : 1;
    next += rule.minor() < 0 ? 0 : 1;
    add(MOVE_REGISTER_32, 1, ACCESS, 0, 0);
    add(AND_32, 1, 0, 0, ~access(rule.access()));
    next = jump(1, 0, next);
    if (rule.type() != 'a') {
      next = jump(TYPE, rule.type() == 'b' ? BLOCK : CHARACTER, next);
    }
    if (rule.major() >= 0) {
      next = jump(MAJOR, rule.major(), next);
    }
    if (rule.minor() >= 0) {
      jump(MINOR, rule.minor(), next);
    }
    end(1);
  }

  // Jumps count from the instruction behind them.
  private int jump(int register, int unless, int distance) {
    add(JUMP_UNLESS_EQUAL, register, 0, distance - 1, unless);
    return distance - 1;
  }

  private void end(int result) {
    add(MOVE_32, 0, 0, 0, result);
    add(EXIT, 0, 0, 0, 0);
  }

  private static int access(String letters) {
    return (letters.indexOf('m') < 0 ? 0 : MKNOD)
        | (letters.indexOf('r') < 0 ? 0 : READ)
        | (letters.indexOf('w') < 0 ? 0 : WRITE);
  }

  private void add(int opcode, int destination, int source, int offset, int immediate) {
    code.put((byte) opcode);
    code.put((byte) (destination | source << 4));
    code.putShort((short) offset);
    code.putInt(immediate);
  }
}
