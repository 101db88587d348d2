package dev.davit.runtime;

/// What a process tells a security module of the kernel about its next execve(2): proc_pid_attr(5).
///
/// @param file `/proc/self/attr/exec` or the module's own, as the machine has it
/// @param value `exec PROFILE` for AppArmor, a context for SELinux
public record ExecAttribute(String file, String value) {
  static final String DIRECTORY = "/proc/self/attr/";
}
