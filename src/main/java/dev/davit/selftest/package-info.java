/// What Davit promises of containers, tried out on the kernel that it runs on: `davit selftest`.
///
/// A [Check] is a value: what it is called, what it means if it fails, and a [Trial]. Most trials
/// run a [Probe] in a container of the engine that is running: a list of system calls, made into a
/// program of some kilobytes that needs nothing of the image or the machine. What the calls came to
/// is [Seen], and a pure function makes a [Verdict] of it.
@NullMarked
package dev.davit.selftest;

import org.jspecify.annotations.NullMarked;
