/// The commands on a project: one class each; [StackCommands] lists them.
@NullMarked
package dev.davit.cli.stack;

import org.jspecify.annotations.NullMarked;
