package dev.davit.faults;

/// A place in the course of a command.
///
/// @param step what [FaultPoints] calls it
/// @param occurrence how often it is made until then, from 1
record FaultPoint(String step, int occurrence) {
  String order() {
    return "kill " + occurrence + " " + step;
  }
}
