/// How the steps of a plan look on a terminal, in a log, as JSON.
@NullMarked
package dev.davit.cli.progress;

import org.jspecify.annotations.NullMarked;
