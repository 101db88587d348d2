package dev.davit.program;

import dev.davit.linux.Arch;
import dev.davit.linux.Errno;
import dev.davit.linux.Kernel;
import dev.davit.linux.Memory;
import java.util.ArrayList;
import java.util.List;

/// A program encoded in native memory, as `package-info.java` draws it.
final class Block {
  private static final int CLONE_ARGS = 16;
  private static final int PIDFD = 104;
  private static final int ROWS = 112;
  private static final int ROW = 72;
  private static final int RESULT = 56;
  private static final int TOLERATED = 64;
  private static final long NOT_REACHED = Long.MIN_VALUE;

  private final Program program;
  private final long address;
  private final long[] cells;
  private final boolean[] given;

  private Block(Program program, long address) {
    this.program = program;
    this.address = address;
    this.cells = new long[program.steps().size()];
    this.given = new boolean[cells.length];
  }

  static Block encode(Program program, Memory memory) {
    long address = memory.allocate(ROWS + (long) ROW * program.steps().size());
    var block = new Block(program, address);
    Memory.putLong(address, ~0L);
    long[] args = program.child().args(address + PIDFD);
    for (int i = 0; i < args.length; i++) {
      Memory.putLong(address + CLONE_ARGS + 8L * i, args[i]);
    }
    for (int i = 0; i < program.steps().size(); i++) {
      block.encodeRow(i, memory);
    }
    return block;
  }

  private long row(int index) {
    return address + ROWS + (long) ROW * index;
  }

  private void encodeRow(int index, Memory memory) {
    Step step = program.steps().get(index);
    long row = row(index);
    Memory.putLong(row, step.call().number(Arch.current()));
    cells[index] = memory.allocate(8);
    Memory.putLong(cells[index], NOT_REACHED);
    Memory.putLong(row + RESULT, cells[index]);
    Memory.putLong(row + TOLERATED, step.toleratedBits());
    for (int i = 0; i < step.args().size(); i++) {
      encodeArg(step.args().get(i), index, row + 8 + 8L * i, memory);
    }
  }

  private void encodeArg(Arg arg, int index, long cell, Memory memory) {
    long value =
        switch (arg) {
          case Arg.Null() -> 0;
          case Arg.Num(long number) -> number;
          case Arg.Flags(long bits, _) -> bits;
          case Arg.Str(String text) -> memory.string(text);
          case Arg.Strs(List<String> texts) -> memory.strings(texts);
          case Arg.Handle(var fd) -> fd.number();
          case Arg.Struct(Bytes bytes, _) -> memory.bytes(bytes.toArray());
          case Arg.Pointer pointer -> encodePointer(pointer, memory);
          case Arg.Result(int back) -> {
            redirect(index - back, cell);
            yield NOT_REACHED;
          }
        };
    Memory.putLong(cell, value);
  }

  private static long encodePointer(Arg.Pointer pointer, Memory memory) {
    long structure = memory.bytes(pointer.bytes().toArray());
    Memory.putLong(structure + pointer.offset(), memory.bytes(pointer.pointee().toArray()));
    return structure;
  }

  private void redirect(int producer, long cell) {
    if (given[producer]) {
      throw new IllegalArgumentException("step " + (producer + 1) + " gives its result twice");
    }
    given[producer] = true;
    cells[producer] = cell;
    Memory.putLong(row(producer) + RESULT, cell);
  }

  long address() {
    return address;
  }

  /// The descriptor that clone3 made.
  int pidfd() {
    return Memory.getInt(address + PIDFD);
  }

  /// What each step came to, once the child has become another program or ended. A last step that
  /// has written no result has not returned, which is how execve and exit succeed.
  Trace trace() {
    var outcomes = new ArrayList<Outcome>();
    boolean going = true;
    for (int i = 0; i < cells.length; i++) {
      long result = Memory.getLong(cells[i]);
      if (result == NOT_REACHED) {
        boolean last = i == cells.length - 1;
        outcomes.add(going && last ? new Outcome.Returned(0) : new Outcome.NotReached());
        going = false;
      } else if (Kernel.isError(result)) {
        Errno errno = Kernel.errno(result);
        going &= program.steps().get(i).tolerated().contains(errno);
        outcomes.add(new Outcome.Failed(errno));
      } else {
        outcomes.add(new Outcome.Returned(result));
      }
    }
    return new Trace(program, outcomes);
  }
}
