package dev.davit.program;

import dev.davit.linux.Errno;
import dev.davit.linux.Syscall;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/// One system call the child makes, why it makes it, and the errors it may shrug off.
///
/// @param tolerated errnos below 64 after which the program goes on
public record Step(Syscall call, List<Arg> args, Set<Errno> tolerated, String why) {
  public Step {
    args = List.copyOf(args);
    tolerated = Set.copyOf(tolerated);
    if (tolerated.stream().anyMatch(errno -> errno.number() < 1 || errno.number() > 63)) {
      throw new IllegalArgumentException("only errnos 1 to 63 can be tolerated: " + tolerated);
    }
  }

  static Step of(Syscall call, Arg... args) {
    return new Step(call, List.of(args), Set.of(), "");
  }

  public Step because(String reason) {
    return new Step(call, args, tolerated, reason);
  }

  public Step tolerating(Errno... errnos) {
    var all = EnumSet.noneOf(Errno.class);
    all.addAll(List.of(errnos));
    return new Step(call, args, all, why);
  }

  /// As strace(1) would print it.
  ///
  /// @param number the number of the step, from 1
  public String print(int number) {
    var line = new StringJoiner(", ", call + "(", ")");
    args.forEach(arg -> line.add(arg.print(number)));
    return line.toString();
  }

  /// As [#print], but an environment is counted and not told: it may hold secrets.
  String printBriefly(int number) {
    var line = new StringJoiner(", ", call + "(", ")");
    int lists = 0;
    for (Arg arg : args) {
      boolean environment = arg instanceof Arg.Strs && ++lists == 2;
      line.add(
          environment
              ? "/* %d vars */".formatted(((Arg.Strs) arg).values().size())
              : arg.print(number));
    }
    return line.toString();
  }

  long toleratedBits() {
    return tolerated.stream().mapToLong(errno -> 1L << errno.number()).reduce(0, (a, b) -> a | b);
  }
}
