package dev.davit.scan;

import java.util.List;

/// What was found in an image.
///
/// @param packages in the order of their names
/// @param notes what could not be looked at, a sentence each
public record Inventory(Os os, List<SoftwarePackage> packages, List<String> notes) {
  public Inventory {
    packages = List.copyOf(packages);
    notes = List.copyOf(notes);
  }
}
