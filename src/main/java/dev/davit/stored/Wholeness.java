package dev.davit.stored;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a value that was read has all its parts. A file with other JSON gives a record full of
/// nulls, which would be noticed much later and by somebody else.
final class Wholeness {
  private Wholeness() {}

  /// The path of a part that is missing, as `config.image`.
  static Optional<String> lack(Object value) {
    return lack("", value);
  }

  private static Optional<String> lack(String path, @Nullable Object value) {
    return switch (value) {
      case null -> Optional.of(path);
      case Record part -> lackOf(path, part);
      case Optional<?> part -> part.flatMap(held -> lack(path, held));
      case Collection<?> parts -> first(path, parts);
      case Map<?, ?> parts -> first(path, parts.values());
      default -> Optional.empty();
    };
  }

  private static Optional<String> first(String path, Collection<?> parts) {
    return parts.stream().flatMap(part -> lack(path, part).stream()).findFirst();
  }

  private static Optional<String> lackOf(String path, Record part) {
    for (RecordComponent component : part.getClass().getRecordComponents()) {
      String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
      Optional<String> lack = lack(name, value(component.getAccessor(), part));
      if (lack.isPresent() && !mayLack(component, lack.get(), name)) {
        return lack;
      }
    }
    return Optional.empty();
  }

  private static boolean mayLack(RecordComponent component, String lack, String name) {
    return lack.equals(name) && component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static @Nullable Object value(Method accessor, Record part) {
    try {
      accessor.setAccessible(true);
      return accessor.invoke(part);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
