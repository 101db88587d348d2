/// Compose files become a `Project`; knows no engine.
@NullMarked
package dev.davit.compose;

import org.jspecify.annotations.NullMarked;
