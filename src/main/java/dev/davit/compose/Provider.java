package dev.davit.compose;

import java.util.List;
import java.util.Map;

/// A program that stands for a service instead of containers.
///
/// @param type the program
/// @param options the values of each, in order
public record Provider(String type, Map<String, List<String>> options) {}
