# long launch(struct block *block): clones, runs the block's rows in the child.
#
# The block: 0 all signals (u64) · 8 saved signals (u64) · 16 struct clone_args (88 bytes) · 112 rows.
# A row, 72 bytes: 0 number · 8 six arguments · 56 address of the result · 64 tolerated errnos (bit n = errno n).
#
# The child shares memory with its parent (CLONE_VM), so it keeps everything in registers and touches no stack.
        .intel_syntax noprefix
        push    r12
        push    r13
        mov     r12, rdi
        mov     eax, 14                 # rt_sigprocmask(SIG_SETMASK, all, saved, 8): no handler runs in the child
        mov     edi, 2
        mov     rsi, r12
        lea     rdx, [r12 + 8]
        mov     r10d, 8
        syscall
        mov     eax, 435                # clone3(args, 88)
        lea     rdi, [r12 + 16]
        mov     esi, 88
        syscall
        test    rax, rax
        jz      child
        mov     r13, rax
        mov     eax, 14                 # rt_sigprocmask(SIG_SETMASK, saved, NULL, 8)
        mov     edi, 2
        lea     rsi, [r12 + 8]
        xor     edx, edx
        mov     r10d, 8
        syscall
        mov     rax, r13
        pop     r13
        pop     r12
        ret
child:  add     r12, 112
step:   mov     rax, [r12]
        mov     rdi, [r12 + 8]
        mov     rsi, [r12 + 16]
        mov     rdx, [r12 + 24]
        mov     r10, [r12 + 32]
        mov     r8, [r12 + 40]
        mov     r9, [r12 + 48]
        syscall
        mov     rcx, [r12 + 56]
        mov     [rcx], rax
        cmp     rax, -4095
        jae     error
next:   add     r12, 72
        jmp     step
error:  neg     rax
        cmp     rax, 64
        jae     fail
        mov     rcx, [r12 + 64]
        bt      rcx, rax
        jc      next
fail:   mov     edi, 127                # exit(127)
        mov     eax, 60
        syscall
