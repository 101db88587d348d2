package dev.davit.test;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

final class KernelCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> obstacle =
        AnnotationSupport.findAnnotation(context.getElement(), Kernel.class)
            .flatMap(KernelCondition::obstacle);
    if (obstacle.isEmpty()) {
      return enabled("root, and every program is there");
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("with CI=true nothing is skipped, but " + obstacle.get());
    }
    return disabled(obstacle.get());
  }

  private static Optional<String> obstacle(Kernel kernel) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("this test needs root");
    }
    return Stream.of(kernel.needs())
        .filter(program -> !Programs.onPath(program))
        .findFirst()
        .map(program -> "the program " + program + " is not installed");
  }
}
