/// Compose files become a [dev.davit.compose.Project] in named phases: [ComposeLoader] lists them.
@NullMarked
package dev.davit.compose.load;

import org.jspecify.annotations.NullMarked;
