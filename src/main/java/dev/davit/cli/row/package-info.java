/// What lists of containers, networks and volumes show of each: rows in docker's words.
@NullMarked
package dev.davit.cli.row;

import org.jspecify.annotations.NullMarked;
