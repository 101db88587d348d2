/// Who asked the engine for what: `davit engine audit`.
@NullMarked
package dev.davit.cli.audit;

import org.jspecify.annotations.NullMarked;
