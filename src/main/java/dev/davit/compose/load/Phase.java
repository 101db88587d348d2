package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;

/// One step of loading, by name: a tree becomes a tree, and what is wrong is collected in the
/// context. The loader stops after a phase that found an error.
record Phase(String name, Step step) {

  interface Step {
    Mapping apply(Mapping tree, Context context);
  }
}
