package dev.davit.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the scenario of docker compose's own end-to-end tests whose intent this test holds, as
/// `[file] Test`: `[scale] ScaleBasicCases`. One test may hold several.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Intent.All.class)
public @interface Intent {
  String value();

  /// What the compiler makes of several.
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {
    Intent[] value();
  }
}
