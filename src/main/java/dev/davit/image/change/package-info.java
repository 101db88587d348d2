/// Dockerfile instructions that change the config of an image, as `--change` takes them.
@NullMarked
package dev.davit.image.change;

import org.jspecify.annotations.NullMarked;
