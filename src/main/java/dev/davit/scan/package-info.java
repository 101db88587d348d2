/// What packages an image holds, and what is known to be wrong with them. Images are hostile: their
/// files are found below their root alone, and read by descriptor, within limits.
@NullMarked
package dev.davit.scan;

import org.jspecify.annotations.NullMarked;
