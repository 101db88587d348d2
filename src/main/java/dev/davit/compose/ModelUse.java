package dev.davit.compose;

import java.util.Locale;

/// The variables that tell a service of a language model.
///
/// @param endpointVariable gets the model's URL
/// @param modelVariable gets the model's name
public record ModelUse(String endpointVariable, String modelVariable) {

  /// The variables of a model whose service names none.
  public static ModelUse of(String key) {
    String name = key.toUpperCase(Locale.ROOT).replace('-', '_');
    return new ModelUse(name + "_URL", name);
  }
}
