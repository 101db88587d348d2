/// What images consist of, on disk: blobs by digest, layers unpacked once, the images' names. What
/// is visible in it is whole and was verified.
@NullMarked
package dev.davit.content;

import org.jspecify.annotations.NullMarked;
