/// Files that the engine keeps and reads again: each is read on its own, and what cannot be read is
/// set aside.
@NullMarked
package dev.davit.stored;

import org.jspecify.annotations.NullMarked;
