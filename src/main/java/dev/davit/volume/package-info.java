/// Named volumes and bind sources.
@NullMarked
package dev.davit.volume;

import org.jspecify.annotations.NullMarked;
