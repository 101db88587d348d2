/// Compose files as trees whose nodes know where they were written.
@NullMarked
package dev.davit.compose.tree;

import org.jspecify.annotations.NullMarked;
