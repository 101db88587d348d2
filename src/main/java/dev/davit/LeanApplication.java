package dev.davit;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.NoSuchMessageException;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/// Spring Boot without what the engine has no use for, which would be half of its start: no
/// configuration files (Boot's listeners look for them), no properties that set the application
/// itself, no conversions, no messages in several languages.
final class LeanApplication extends SpringApplication {
  LeanApplication(Class<?> beans) {
    super(beans);
    setWebApplicationType(WebApplicationType.NONE);
    setBannerMode(Banner.Mode.OFF);
    setLogStartupInfo(false);
    setAddConversionService(false);
    setListeners(List.of());
  }

  @Override
  protected void bindToSpringApplication(ConfigurableEnvironment environment) {
    // Nobody sets spring.main.* of an engine.
  }

  @Override
  protected void postProcessApplicationContext(ConfigurableApplicationContext context) {
    super.postProcessApplicationContext(context);
    ((GenericApplicationContext) context)
        .registerBean(
            AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME, NoMessages.class, NoMessages::new);
  }

  /// In place of Spring's default, whose class looks at every language that the JDK knows.
  private static final class NoMessages implements MessageSource {
    @Override
    public @Nullable String getMessage(
        String code, Object @Nullable [] args, @Nullable String text, @Nullable Locale locale) {
      return text;
    }

    @Override
    public String getMessage(String code, Object @Nullable [] args, @Nullable Locale locale) {
      throw new NoSuchMessageException(code);
    }

    @Override
    public String getMessage(MessageSourceResolvable resolvable, @Nullable Locale locale) {
      String text = resolvable.getDefaultMessage();
      if (text == null) {
        throw new NoSuchMessageException(String.valueOf(resolvable));
      }
      return text;
    }
  }
}
