/// What is wanted and what exists become a plan, and the plan is carried out.
@NullMarked
package dev.davit.reconcile;

import org.jspecify.annotations.NullMarked;
