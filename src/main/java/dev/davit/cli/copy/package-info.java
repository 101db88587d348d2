/// Copying between the host and containers, as `cp` of a stack and of a container mean it.
@NullMarked
package dev.davit.cli.copy;

import org.jspecify.annotations.NullMarked;
