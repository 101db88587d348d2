/// How single values are written in Compose files: durations, sizes, ports, templates. Pure text.
@NullMarked
package dev.davit.compose.text;

import org.jspecify.annotations.NullMarked;
