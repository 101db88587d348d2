/// How each packaging system orders versions.
@NullMarked
package dev.davit.scan.version;

import org.jspecify.annotations.NullMarked;
