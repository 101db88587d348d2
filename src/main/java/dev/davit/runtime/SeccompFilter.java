package dev.davit.runtime;

import dev.davit.linux.Arch;
import dev.davit.linux.Syscall;
import dev.davit.program.Bytes;
import dev.davit.runtime.SeccompRules.Answer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The default rules as a classic BPF program for seccomp(2): checks the architecture, then finds
/// the call's number in a balanced tree of ranges with the same answer.
final class SeccompFilter {
  private static final int LOAD = 0x20;
  private static final int JUMP = 0x05;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_AT_LEAST = 0x35;
  private static final int JUMP_BITS = 0x45;
  private static final int RETURN = 0x06;

  private static final int RET_ALLOW = 0x7fff0000;
  private static final int RET_ERRNO = 0x00050000;

  // Offsets in struct seccomp_data.
  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;

  /// The numbers of the x32 ABI begin here; Davit does not offer it.
  private static final int X32 = 0x40000000;

  private record Instruction(int code, int yes, int no, int operand) {}

  private record Range(int from, Answer answer) {}

  private record Key(Arch arch, Set<Capability> capabilities) {}

  // Few sets of capabilities are in use, and most containers have the default.
  private static final Map<Key, Bytes> MADE = new ConcurrentHashMap<>();

  private final List<Instruction> program = new ArrayList<>();

  private SeccompFilter() {}

  /// The filter for a container with those capabilities, 8 bytes an instruction.
  static Bytes of(Arch arch, Set<Capability> capabilities) {
    return MADE.computeIfAbsent(
        new Key(arch, Set.copyOf(capabilities)), key -> make(key.arch(), key.capabilities()));
  }

  private static Bytes make(Arch arch, Set<Capability> capabilities) {
    var filter = new SeccompFilter();
    filter.emit(LOAD, ARCHITECTURE);
    filter.jump(JUMP_EQUAL, auditArch(arch), 1, 0);
    filter.answer(SeccompRules.ENOSYS);
    filter.emit(LOAD, NUMBER);
    filter.jump(JUMP_AT_LEAST, X32, 0, 1);
    filter.answer(SeccompRules.ENOSYS);
    filter.tree(ranges(arch, capabilities));
    return filter.encode();
  }

  private static int auditArch(Arch arch) {
    return switch (arch) {
      case X86_64 -> 0xc000003e;
      case AARCH64 -> 0xc00000b7;
    };
  }

  private static List<Range> ranges(Arch arch, Set<Capability> capabilities) {
    int last =
        Arrays.stream(Syscall.values()).mapToInt(call -> call.number(arch)).max().orElseThrow();
    var answers = new Answer[last + 2];
    Arrays.fill(answers, SeccompRules.ENOSYS);
    for (Syscall call : Syscall.values()) {
      if (call.number(arch) >= 0) {
        answers[call.number(arch)] = SeccompRules.answer(call, capabilities);
      }
    }
    var ranges = new ArrayList<Range>();
    for (int i = 0; i < answers.length; i++) {
      if (i == 0 || !answers[i].equals(answers[i - 1])) {
        ranges.add(new Range(i, answers[i]));
      }
    }
    return ranges;
  }

  private void tree(List<Range> ranges) {
    if (ranges.size() == 1) {
      answer(ranges.getFirst().answer());
      return;
    }
    int middle = ranges.size() / 2;
    jump(JUMP_AT_LEAST, ranges.get(middle).from(), 1, 0);
    int low = program.size();
    emit(JUMP, 0);
    tree(ranges.subList(middle, ranges.size()));
    program.set(low, new Instruction(JUMP, 0, 0, program.size() - low - 1));
    tree(ranges.subList(0, middle));
  }

  private void answer(Answer answer) {
    switch (answer) {
      case Answer.Allow() -> emit(RETURN, RET_ALLOW);
      case Answer.Refuse(int errno) -> emit(RETURN, RET_ERRNO | errno);
      case Answer.UnlessBits(long mask) -> {
        emit(LOAD, FIRST_ARGUMENT);
        jump(JUMP_BITS, (int) mask, 0, 1);
        answer(SeccompRules.EPERM);
        answer(SeccompRules.ALLOW);
      }
      case Answer.Unless(Set<Integer> values) ->
          compare(values, SeccompRules.EPERM, SeccompRules.ALLOW);
      case Answer.Only(Set<Integer> values) ->
          compare(values, SeccompRules.ALLOW, SeccompRules.EPERM);
    }
  }

  private void compare(Set<Integer> values, Answer ifOneOf, Answer otherwise) {
    emit(LOAD, FIRST_ARGUMENT);
    for (int value : values.stream().sorted().toList()) {
      jump(JUMP_EQUAL, value, 0, 1);
      answer(ifOneOf);
    }
    answer(otherwise);
  }

  private void emit(int code, int operand) {
    program.add(new Instruction(code, 0, 0, operand));
  }

  private void jump(int code, int operand, int yes, int no) {
    program.add(new Instruction(code, yes, no, operand));
  }

  private Bytes encode() {
    var out = new ByteArrayOutputStream(8 * program.size());
    var cell = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    for (Instruction instruction : program) {
      cell.clear();
      cell.putShort((short) instruction.code());
      cell.put((byte) instruction.yes()).put((byte) instruction.no());
      cell.putInt(instruction.operand());
      out.writeBytes(cell.array());
    }
    return Bytes.of(out.toByteArray());
  }
}
