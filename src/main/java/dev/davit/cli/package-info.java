/// Spring Shell verbs: parse options, call one use, print; sessions of the client socket.
@NullMarked
package dev.davit.cli;

import org.jspecify.annotations.NullMarked;
