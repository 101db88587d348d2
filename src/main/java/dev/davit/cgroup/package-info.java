/// Control groups v2 and v1: limits, freezing, killing.
@NullMarked
package dev.davit.cgroup;

import org.jspecify.annotations.NullMarked;
