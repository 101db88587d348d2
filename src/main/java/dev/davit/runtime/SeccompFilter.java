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
import java.util.function.Function;

/// The default rules as a classic BPF program for seccomp(2): checks the architecture, then finds
/// the call's number in a balanced tree of ranges with the same answer.
final class SeccompFilter {
  private static final int LOAD = 0x20;
  private static final int JUMP = 0x05;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_AT_LEAST = 0x35;
  private static final int JUMP_ABOVE = 0x25;
  private static final int JUMP_BITS = 0x45;
  private static final int AND = 0x54;
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

  /// The filter that `profile` describes, for such a container.
  static Bytes of(Arch arch, Set<Capability> capabilities, SeccompProfile profile) {
    return make(arch, profile.usual(), call -> profile.answer(call, capabilities));
  }

  private static Bytes make(Arch arch, Set<Capability> capabilities) {
    return make(arch, SeccompRules.ENOSYS, call -> SeccompRules.answer(call, capabilities));
  }

  /// @param unknown the answer to calls that have no name here
  private static Bytes make(Arch arch, Answer unknown, Function<Syscall, Answer> answers) {
    var filter = new SeccompFilter();
    filter.emit(LOAD, ARCHITECTURE);
    filter.jump(JUMP_EQUAL, auditArch(arch), 1, 0);
    filter.answer(SeccompRules.ENOSYS);
    filter.emit(LOAD, NUMBER);
    filter.jump(JUMP_AT_LEAST, X32, 0, 1);
    filter.answer(SeccompRules.ENOSYS);
    filter.tree(ranges(arch, unknown, answers));
    return filter.encode();
  }

  private static int auditArch(Arch arch) {
    return switch (arch) {
      case X86_64 -> 0xc000003e;
      case AARCH64 -> 0xc00000b7;
    };
  }

  private static List<Range> ranges(Arch arch, Answer unknown, Function<Syscall, Answer> of) {
    int last =
        Arrays.stream(Syscall.values()).mapToInt(call -> call.number(arch)).max().orElseThrow();
    var answers = new Answer[last + 2];
    Arrays.fill(answers, unknown);
    for (Syscall call : Syscall.values()) {
      if (call.number(arch) >= 0) {
        answers[call.number(arch)] = of.apply(call);
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
      case Answer.Return(int value) -> emit(RETURN, value);
      case Answer.First(var alternatives, var otherwise) -> {
        alternatives.forEach(this::alternative);
        answer(otherwise);
      }
    }
  }

  private void alternative(SeccompRules.Alternative alternative) {
    var failures = new ArrayList<Integer>();
    alternative.comparisons().forEach(comparison -> compare(comparison, failures));
    answer(alternative.answer());
    for (int failure : failures) {
      program.set(failure, new Instruction(JUMP, 0, 0, program.size() - failure - 1));
    }
  }

  // Goes on behind itself where the comparison holds; the jumps in `failures` are taken where not.
  // Arguments have 64 bits, the machine 32: first the upper half.
  private void compare(SeccompProfile.Comparison comparison, List<Integer> failures) {
    int low = FIRST_ARGUMENT + 8 * comparison.index();
    int upper = (int) (comparison.value() >>> 32);
    int lower = (int) comparison.value();
    emit(LOAD, low + 4);
    switch (comparison.operator()) {
      case EQUAL -> {
        unless(JUMP_EQUAL, upper, failures);
        emit(LOAD, low);
        unless(JUMP_EQUAL, lower, failures);
      }
      case MASKED_EQUAL -> {
        emit(AND, upper);
        unless(JUMP_EQUAL, (int) (comparison.second() >>> 32), failures);
        emit(LOAD, low);
        emit(AND, lower);
        unless(JUMP_EQUAL, (int) comparison.second(), failures);
      }
      case NOT_EQUAL -> {
        jump(JUMP_EQUAL, upper, 0, 3);
        emit(LOAD, low);
        jump(JUMP_EQUAL, lower, 0, 1);
        fail(failures);
      }
      case GREATER -> more(JUMP_ABOVE, upper, lower, low, failures);
      case GREATER_OR_EQUAL -> more(JUMP_AT_LEAST, upper, lower, low, failures);
      case LESS -> less(JUMP_AT_LEAST, upper, lower, low, failures);
      case LESS_OR_EQUAL -> less(JUMP_ABOVE, upper, lower, low, failures);
    }
  }

  private void more(int code, int upper, int lower, int low, List<Integer> failures) {
    jump(JUMP_ABOVE, upper, 5, 0);
    unless(JUMP_EQUAL, upper, failures);
    emit(LOAD, low);
    unless(code, lower, failures);
  }

  /// @param code what must not hold for the lower half
  private void less(int code, int upper, int lower, int low, List<Integer> failures) {
    jump(JUMP_ABOVE, upper, 0, 1);
    fail(failures);
    jump(JUMP_EQUAL, upper, 0, 3);
    emit(LOAD, low);
    jump(code, lower, 0, 1);
    fail(failures);
  }

  private void unless(int code, int operand, List<Integer> failures) {
    jump(code, operand, 1, 0);
    fail(failures);
  }

  private void fail(List<Integer> failures) {
    failures.add(program.size());
    emit(JUMP, 0);
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
