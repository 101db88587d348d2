/// What can go wrong, as one family: [DavitException], its [Kind], and [Problem]s in files.
@NullMarked
package dev.davit.error;

import org.jspecify.annotations.NullMarked;
