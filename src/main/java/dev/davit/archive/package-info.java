/// A container's files in and out, as tar. Nobody trusts what lies there: a path is walked once,
/// name by name and by descriptor, and can lead nowhere but into its tree.
@NullMarked
package dev.davit.archive;

import org.jspecify.annotations.NullMarked;
