/// A loaded project as text again: what `davit config` prints.
@NullMarked
package dev.davit.compose.write;

import org.jspecify.annotations.NullMarked;
