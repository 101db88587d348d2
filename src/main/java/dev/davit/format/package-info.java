/// Rows as tables, JSON or by a template: what every `--format` means. Text from values; it knows
/// nothing of containers.
@NullMarked
package dev.davit.format;

import org.jspecify.annotations.NullMarked;
