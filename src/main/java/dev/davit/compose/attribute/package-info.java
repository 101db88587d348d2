/// The attribute table: what may be written at each place of a Compose file, and what becomes of
/// it. [Schema] is the table, [Attribute] one row; the phases of `compose.load` are driven by it.
@NullMarked
package dev.davit.compose.attribute;

import org.jspecify.annotations.NullMarked;
