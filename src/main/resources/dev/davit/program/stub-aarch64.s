// long launch(struct block *block): clones, runs the block's rows in the child.
// Block and rows are drawn in stub-x86_64.s.
        stp     x19, x20, [sp, #-16]!
        mov     x19, x0
        mov     x8, #135                // rt_sigprocmask(SIG_SETMASK, all, saved, 8)
        mov     x0, #2
        mov     x1, x19
        add     x2, x19, #8
        mov     x3, #8
        svc     #0
        mov     x8, #435                // clone3(args, 88)
        add     x0, x19, #16
        mov     x1, #88
        svc     #0
        cbz     x0, child
        mov     x20, x0
        mov     x8, #135                // rt_sigprocmask(SIG_SETMASK, saved, NULL, 8)
        mov     x0, #2
        add     x1, x19, #8
        mov     x2, #0
        mov     x3, #8
        svc     #0
        mov     x0, x20
        ldp     x19, x20, [sp], #16
        ret
child:  add     x19, x19, #112
step:   ldp     x8, x0, [x19]
        ldp     x1, x2, [x19, #16]
        ldp     x3, x4, [x19, #32]
        ldr     x5, [x19, #48]
        svc     #0
        ldr     x9, [x19, #56]
        str     x0, [x9]
        cmn     x0, #4095
        b.hs    error
next:   add     x19, x19, #72
        b       step
error:  neg     x0, x0
        cmp     x0, #64
        b.hs    fail
        ldr     x9, [x19, #64]
        lsr     x9, x9, x0
        tbnz    x9, #0, next
fail:   mov     x0, #127                // exit(127)
        mov     x8, #93
        svc     #0
