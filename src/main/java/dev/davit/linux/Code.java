package dev.davit.linux;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.PageManager;
import com.kenai.jffi.Type;

/// Machine code in an executable page: a C function `long f(long)`.
public final class Code {
  private static final CallContext LONG_OF_LONG = new CallContext(Type.SLONG_LONG, Type.SLONG_LONG);
  private static final Invoker INVOKER = Invoker.getInstance();

  private final long address;

  private Code(long address) {
    this.address = address;
  }

  /// Writes `code`, at most one page of it, into a page of its own and makes that page executable
  /// and read-only. The page is never freed.
  public static Code of(byte[] code) {
    PageManager pages = PageManager.getInstance();
    long page = pages.allocatePages(1, PageManager.PROT_READ | PageManager.PROT_WRITE);
    if (page == 0 || page == -1) {
      throw new OutOfMemoryError("a page for machine code");
    }
    MemoryIO.getInstance().putByteArray(page, code, 0, code.length);
    pages.protectPages(page, 1, PageManager.PROT_READ | PageManager.PROT_EXEC);
    return new Code(page);
  }

  /// Calls the function on the current thread and returns what it returned.
  public long call(long argument) {
    return INVOKER.invokeL1NoErrno(LONG_OF_LONG, address, argument);
  }
}
