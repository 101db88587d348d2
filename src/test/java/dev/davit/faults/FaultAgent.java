package dev.davit.faults;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A Java agent that lets [FaultPoints] see what an engine does: its system calls, the programs of
/// its children, and what it has the JDK do to files. The engine itself has no seam for it.
public final class FaultAgent {
  private static final ClassDesc POINTS = ClassDesc.of("dev.davit.faults.FaultPoints");
  private static final ClassDesc PROGRAM = ClassDesc.of("dev.davit.program.Program");
  private static final ClassDesc PROGRAMS = ClassDesc.of("dev.davit.faults.ProgramFaults");

  private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
  private static final ClassDesc PROPERTIES = ClassDesc.of("java.util.Properties");
  private static final ClassDesc CONSUMER = ClassDesc.of("java.util.function.Consumer");
  private static final ClassDesc INT_CONSUMER = ClassDesc.of("java.util.function.IntConsumer");

  private static final String KERNEL = "dev/davit/linux/Kernel";
  private static final String RUNNER = "dev/davit/program/ProgramRunner";
  private static final String FILE_NAMES = "sun/nio/fs/UnixNativeDispatcher";
  private static final String FILE_BYTES = "sun/nio/ch/UnixFileDispatcherImpl";
  private static final Map<String, Set<String>> METHODS =
      Map.of(
          KERNEL,
          Set.of("tryCall"),
          RUNNER,
          Set.of("run"),
          FILE_NAMES,
          Set.of(
              "open",
              "rename",
              "renameat",
              "link",
              "unlink",
              "unlinkat",
              "mkdir",
              "rmdir",
              "symlink",
              "chmod",
              "fchmod",
              "chown",
              "lchown",
              "fchown",
              "utimensat",
              "mknod"),
          FILE_BYTES,
          Set.of("write", "pwrite", "writev", "force", "truncate", "transferTo"));

  private FaultAgent() {}

  /// Called by the JVM before `main`.
  ///
  /// @param order a first order for [FaultPoints]
  public static void premain(String order, Instrumentation jvm) throws Exception {
    // The JDK's classes cannot see ours, but what the properties hold.
    Consumer<String> step = FaultPoints::step;
    IntConsumer open = FaultPoints::open;
    System.getProperties().put("faults.step", step);
    System.getProperties().put("faults.open", open);
    FaultPoints.begin(order);
    jvm.addTransformer(new Instrumented(), true);
    jvm.retransformClasses(
        Class.forName(FILE_NAMES.replace('/', '.')), Class.forName(FILE_BYTES.replace('/', '.')));
  }

  private static final class Instrumented implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        String type,
        @Nullable Class<?> old,
        ProtectionDomain domain,
        byte[] bytes) {
      if (type == null || !METHODS.containsKey(type)) {
        return null;
      }
      try {
        var file = ClassFile.of();
        return file.transformClass(file.parse(bytes), each(type));
      } catch (RuntimeException e) {
        e.printStackTrace(); // the JVM would say nothing
        throw e;
      }
    }
  }

  private static ClassTransform each(String type) {
    return (builder, element) -> {
      if (element instanceof MethodModel method
          && method.code().isPresent()
          && METHODS.getOrDefault(type, Set.of()).contains(method.methodName().stringValue())) {
        builder.transformMethod(
            method, MethodTransform.transformingCode(new AtStart(type, method)));
      } else {
        builder.with(element);
      }
    };
  }

  /// A call of ours before the method's own code.
  private record AtStart(String type, MethodModel method) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      String name = method.methodName().stringValue();
      switch (type) {
        case KERNEL ->
            code.aload(0).aload(1).invokestatic(POINTS, "call", returning("Ljava/lang/Object;[J"));
        case RUNNER ->
            code.aload(0)
                .invokestatic(PROGRAMS, "seen", MethodTypeDesc.of(PROGRAM, PROGRAM))
                .astore(0);
        default -> {
          if (name.equals("open")) {
            held(code, "faults.open", INT_CONSUMER).iload(1);
            code.invokeinterface(INT_CONSUMER, "accept", returning("I"));
          } else {
            held(code, "faults.step", CONSUMER).ldc(name);
            code.invokeinterface(CONSUMER, "accept", returning("Ljava/lang/Object;"));
          }
        }
      }
    }

    private static CodeBuilder held(CodeBuilder code, String key, ClassDesc type) {
      return code.invokestatic(SYSTEM, "getProperties", MethodTypeDesc.of(PROPERTIES))
          .ldc(key)
          .invokevirtual(
              PROPERTIES,
              "get",
              MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object))
          .checkcast(type);
    }

    private static MethodTypeDesc returning(String parameters) {
      return MethodTypeDesc.ofDescriptor("(" + parameters + ")V");
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
