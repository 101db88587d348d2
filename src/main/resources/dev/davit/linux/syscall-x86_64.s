# long call(long row[7]): the system call row[0] with the arguments row[1] … row[6]; errors come back negated.
        .intel_syntax noprefix
        push    r12
        mov     r12, rdi
        mov     rax, [r12]
        mov     rdi, [r12 + 8]
        mov     rsi, [r12 + 16]
        mov     rdx, [r12 + 24]
        mov     r10, [r12 + 32]
        mov     r8, [r12 + 40]
        mov     r9, [r12 + 48]
        syscall
        pop     r12
        ret
