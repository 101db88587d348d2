package dev.davit.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test that makes real system calls as root, in namespaces and directories of its own. Where the
/// machine does not permit it, it is skipped with the reason; with `CI=true` it fails instead.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KernelCondition.class)
public @interface Kernel {
  /// Programs on PATH that the test compares with: `ip`, `nft`, `strace`.
  String[] needs() default {};
}
