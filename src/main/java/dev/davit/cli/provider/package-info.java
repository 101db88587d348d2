/// Services that a program stands for: [Providers] runs the programs and gives what they say to the
/// services that depend on them.
@NullMarked
package dev.davit.cli.provider;

import org.jspecify.annotations.NullMarked;
