/// The kernel as this process calls it: system calls, flags, errnos, descriptors. The only room
/// that knows jnr (jffi); raw addresses are used here and in `program` only.
@NullMarked
package dev.davit.linux;

import org.jspecify.annotations.NullMarked;
