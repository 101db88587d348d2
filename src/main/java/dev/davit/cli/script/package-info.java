/// The language of the shell and its scripts, as values: what is to be run, and where it stands.
@NullMarked
package dev.davit.cli.script;

import org.jspecify.annotations.NullMarked;
