/// What Compose files say, as values: [Project], its [Service]s and what they are made of. Knows no
/// engine; `compose.load` makes a [Project] from files.
@NullMarked
package dev.davit.compose;

import org.jspecify.annotations.NullMarked;
